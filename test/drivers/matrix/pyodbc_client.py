import threading

import pyodbc

from common import CRITERION, DATABASE, HOST, PORT, VALUES, step

OPTIONS = f"DRIVER={{PostgreSQL Unicode}};Server={HOST};Port={PORT};Database={DATABASE};Uid=ada;"
connection = pyodbc.connect(OPTIONS, autocommit=False)
assert connection.getinfo(pyodbc.SQL_DBMS_NAME) == "PostgreSQL"
cursor = connection.cursor()
step("connect")

cursor.execute(
    """CREATE TABLE everything (id SERIAL PRIMARY KEY, b BOOLEAN, i2 SMALLINT, i4 INTEGER, i8 BIGINT, f4 REAL,
    f8 DOUBLE PRECISION, n NUMERIC(12, 3), t TEXT, v VARCHAR(20), y BYTEA, d DATE, ti TIME, ts TIMESTAMP, u UUID)"""
)
connection.commit()
assert [row.table_name for row in cursor.tables(table="everything")] == ["everything"]
assert [row.column_name for row in cursor.columns(table="everything")][:3] == ["id", "b", "i2"]
assert [row.column_name for row in cursor.primaryKeys("everything")] == ["id"]
step("schema")

NAMES = ["i2", "i4", "i8", "f4", "f8", "n", "t", "v", "y", "d", "ts"]
marks = ", ".join("?" * len(NAMES))
cursor.execute(f"INSERT INTO everything ({', '.join(NAMES)}) VALUES ({marks})", [VALUES[name] for name in NAMES])
cursor.execute("INSERT INTO everything (b) VALUES (?)", [None])
cursor.execute(f"SELECT {', '.join(NAMES)} FROM everything ORDER BY id")
row, nulls = cursor.fetchall()
for name, value in zip(NAMES, row, strict=True):
    assert value == VALUES[name], f"{name}: {value!r}"
assert list(nulls) == [None] * len(NAMES)
connection.commit()
step("types")

for fetch in (0, 1):
    with pyodbc.connect(f"{OPTIONS}UseDeclareFetch={fetch};Fetch=10;", autocommit=True) as paging:
        pages = paging.cursor().execute("SELECT i FROM generate_series(1, 250) AS g(i)")
        got = [row[0] for _ in range(3) for row in pages.fetchmany(100)]
        assert got == list(range(1, 251)), got[:20]
step("page")

cursor.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)")
cursor.executemany("INSERT INTO numbers VALUES (?)", [(n,) for n in range(100)])
connection.commit()
step("batch")

cursor.execute("INSERT INTO numbers VALUES (1001)")
try:
    cursor.execute("INSERT INTO numbers VALUES (1)")
    raise AssertionError("was taken twice")
except pyodbc.IntegrityError:
    pass
cursor.execute("INSERT INTO numbers VALUES (1002)")
connection.commit()
assert cursor.execute("SELECT count(*) FROM numbers WHERE n > 1000").fetchone()[0] == 2
step("nest")

threading.Timer(0.3, cursor.cancel).start()
try:
    cursor.execute("SELECT pg_sleep(30)")
    raise AssertionError("was not stopped")
except pyodbc.Error as error:
    assert error.args[0] in ("57014", "HY008"), error
connection.rollback()
step("cancel")

cursor.execute("CREATE TABLE goods (d TEXT)")
cursor.executemany("INSERT INTO goods VALUES (?)", [("bamboo",), ("plastic",)])
assert [row[0] for row in cursor.execute("SELECT d FROM goods WHERE d MEANS ?", CRITERION)] == ["bamboo"]
connection.commit()
connection.close()
step("means")
