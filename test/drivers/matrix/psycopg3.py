import threading
import time

import psycopg
from psycopg.types.json import Json

from common import COLUMNS, CRITERION, NAMES, SCHEMA, URL, VALUES, same, step

with psycopg.connect(URL) as connection:
    assert connection.info.server_version >= 150000
    step("connect")

    connection.execute(SCHEMA)
    connection.commit()
    step("schema")

    places = ", ".join(["%s"] * len(COLUMNS))
    insert = f"INSERT INTO everything ({NAMES}) VALUES ({places}) RETURNING id"
    assert connection.execute(insert, list(VALUES.values())).fetchone() == (1,)
    connection.execute(insert, [None] * len(COLUMNS))
    for binary in (False, True):
        with connection.cursor(binary=binary) as cursor:
            cursor.execute(f"SELECT {NAMES} FROM everything ORDER BY id")
            row, nulls = cursor.fetchall()
            same(row)
            assert nulls == (None,) * len(COLUMNS)
            cursor.execute("SELECT %s::json, %s::jsonb, %b::int4[]", (Json({"a": [1]}), Json([2]), [4, 5]))
            assert cursor.fetchone() == ({"a": [1]}, [2], [4, 5])
    connection.commit()
    step("types")

    with connection.transaction(), connection.cursor(name="paging") as cursor:
        cursor.itersize = 100
        cursor.execute("SELECT i FROM generate_series(1, 1000) AS g(i)")
        assert cursor.fetchmany(3) == [(1,), (2,), (3,)]
        assert sum(i for (i,) in cursor) == 500500 - 6
    step("page")

    connection.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO numbers VALUES (%s)", [(n,) for n in range(100)])
        assert cursor.rowcount == 100
    connection.commit()
    with connection.pipeline() as pipeline:
        cursors = [connection.execute("SELECT n FROM numbers WHERE n = %s", (n,)) for n in range(50)]
        pipeline.sync()
        assert [cursor.fetchone() for cursor in cursors] == [(n,) for n in range(50)]
    with connection.cursor() as cursor, cursor.copy("COPY numbers FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["int4"])
        for n in range(100, 200):
            copy.write_row((n,))
    with connection.cursor() as cursor, cursor.copy("COPY (SELECT n FROM numbers ORDER BY n) TO STDOUT") as copy:
        assert [int(line[0]) for line in copy.rows()] == list(range(200))
    connection.commit()
    step("batch")

    with connection.transaction():
        connection.execute("INSERT INTO numbers VALUES (1001)")
        try:
            with connection.transaction():
                connection.execute("INSERT INTO numbers VALUES (1)")
        except psycopg.errors.UniqueViolation:
            pass
        connection.execute("INSERT INTO numbers VALUES (1002)")
    assert connection.execute("SELECT count(*) FROM numbers WHERE n > 1000").fetchone() == (2,)
    step("nest")

    threading.Timer(0.3, connection.cancel_safe).start()
    began = time.monotonic()
    try:
        connection.execute("SELECT pg_sleep(30)")
        raise AssertionError("was not stopped")
    except psycopg.errors.QueryCanceled:
        assert time.monotonic() - began < 20
    connection.rollback()
    step("cancel")

    connection.execute("CREATE TABLE goods AS SELECT unnest(%s::text[]) AS d", (["bamboo", "plastic"],))
    for prepare in (False, True):
        rows = connection.execute("SELECT d FROM goods WHERE d MEANS %s", (CRITERION,), prepare=prepare).fetchall()
        assert rows == [("bamboo",)], rows
    step("means")
