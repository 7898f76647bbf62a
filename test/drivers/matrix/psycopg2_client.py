import threading
import time

import psycopg2
import psycopg2.errors
import psycopg2.extras

from common import COLUMNS, CRITERION, DATABASE, HOST, NAMES, PORT, SCHEMA, VALUES, same, step

psycopg2.extras.register_uuid()
connection = psycopg2.connect(host=HOST, port=PORT, dbname=DATABASE, user="ada")
cursor = connection.cursor()
assert connection.server_version >= 150000
step("connect")

cursor.execute(SCHEMA)
connection.commit()
step("schema")

places = ", ".join(["%s"] * len(COLUMNS))
cursor.execute(f"INSERT INTO everything ({NAMES}) VALUES ({places}) RETURNING id", list(VALUES.values()))
assert cursor.fetchone() == (1,)
cursor.execute(f"INSERT INTO everything ({NAMES}) VALUES ({places})", [None] * len(COLUMNS))
cursor.execute(f"SELECT {NAMES} FROM everything ORDER BY id")
row, nulls = cursor.fetchall()
same(row)
assert nulls == (None,) * len(COLUMNS)
cursor.execute("SELECT %s::json, %s::jsonb", (psycopg2.extras.Json({"a": [1]}), psycopg2.extras.Json([2])))
assert cursor.fetchone() == ({"a": [1]}, [2])
connection.commit()
step("types")

with connection.cursor(name="paging") as paging:
    paging.itersize = 100
    paging.execute("SELECT i FROM generate_series(1, 1000) AS g(i)")
    assert paging.fetchmany(3) == [(1,), (2,), (3,)]
    assert sum(i for (i,) in paging) == 500500 - 6
connection.commit()
step("page")

cursor.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)")
psycopg2.extras.execute_values(cursor, "INSERT INTO numbers VALUES %s", [(n,) for n in range(100)])
psycopg2.extras.execute_batch(cursor, "INSERT INTO numbers VALUES (%s)", [(n,) for n in range(100, 200)])
cursor.execute("SELECT count(*) FROM numbers")
assert cursor.fetchone() == (200,)
connection.commit()
step("batch")

cursor.execute("INSERT INTO numbers VALUES (1001)")
cursor.execute("SAVEPOINT inner_step")
try:
    cursor.execute("INSERT INTO numbers VALUES (1)")
    raise AssertionError("was taken twice")
except psycopg2.errors.UniqueViolation:
    cursor.execute("ROLLBACK TO SAVEPOINT inner_step")
cursor.execute("INSERT INTO numbers VALUES (1002)")
connection.commit()
cursor.execute("SELECT count(*) FROM numbers WHERE n > 1000")
assert cursor.fetchone() == (2,)
step("nest")

threading.Timer(0.3, connection.cancel).start()
began = time.monotonic()
try:
    cursor.execute("SELECT pg_sleep(30)")
    raise AssertionError("was not stopped")
except psycopg2.errors.QueryCanceled:
    assert time.monotonic() - began < 20
connection.rollback()
step("cancel")

cursor.execute("CREATE TABLE goods AS SELECT unnest(%s) AS d", (["bamboo", "plastic"],))
cursor.execute("SELECT d FROM goods WHERE d MEANS %s", (CRITERION,))
assert cursor.fetchall() == [("bamboo",)]
connection.commit()
connection.close()
step("means")
