import asyncio
import time

import asyncpg

from common import COLUMNS, CRITERION, NAMES, SCHEMA, URL, VALUES, same, step


async def types(connection):
    await connection.execute(SCHEMA)
    step("schema")

    places = ", ".join(f"${at}" for at in range(1, len(COLUMNS) + 1))
    insert = f"INSERT INTO everything ({NAMES}) VALUES ({places}) RETURNING id"
    assert await connection.fetchval(insert, *VALUES.values()) == 1
    await connection.execute(insert, *[None] * len(COLUMNS))
    row, nulls = await connection.fetch(f"SELECT {NAMES} FROM everything ORDER BY id")
    same(row.values())
    assert list(row.keys()) == COLUMNS and tuple(nulls.values()) == (None,) * len(COLUMNS)
    assert await connection.fetchval("SELECT $1::jsonb", '{"a": [1]}') in ('{"a": [1]}', '{"a":[1]}')
    # Types that the client does not know make it read the catalogue: an enum, and arrays of one.
    await connection.execute("CREATE TYPE mood AS ENUM ('calm', 'merry')")
    assert await connection.fetchval("SELECT 'merry'::mood") == "merry"
    step("types")


async def page(connection):
    async with connection.transaction():
        cursor = await connection.cursor("SELECT i FROM generate_series(1, 1000) AS g(i)")
        assert [row["i"] for row in await cursor.fetch(3)] == [1, 2, 3]
        assert await cursor.forward(500) == 500
        assert (await cursor.fetchrow())["i"] == 504
        rest = [row["i"] async for row in connection.cursor("SELECT i FROM generate_series(1, 1000) AS g(i)", prefetch=100)]
        assert sum(rest) == 500500
    step("page")


async def batch(connection):
    await connection.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)")
    await connection.executemany("INSERT INTO numbers VALUES ($1)", [(n,) for n in range(100)])
    assert await connection.copy_records_to_table("numbers", records=[(n,) for n in range(100, 200)]) == "COPY 100"
    assert await connection.fetchval("SELECT count(*) FROM numbers") == 200
    prepared = await connection.prepare("SELECT n FROM numbers WHERE n = ANY($1) ORDER BY n")
    assert [row["n"] for row in await prepared.fetch([3, 150])] == [3, 150]
    step("batch")


async def nest(connection):
    async with connection.transaction(isolation="serializable"):
        await connection.execute("INSERT INTO numbers VALUES (1001)")
        try:
            async with connection.transaction():
                await connection.execute("INSERT INTO numbers VALUES (1)")
        except asyncpg.UniqueViolationError:
            pass
        await connection.execute("INSERT INTO numbers VALUES (1002)")
    assert await connection.fetchval("SELECT count(*) FROM numbers WHERE n > 1000") == 2
    step("nest")


async def cancel(connection):
    began = time.monotonic()
    try:
        await connection.execute("SELECT pg_sleep(30)", timeout=0.3)
        raise AssertionError("was not stopped")
    except asyncio.TimeoutError:
        assert time.monotonic() - began < 20
    assert await connection.fetchval("SELECT 42") == 42
    step("cancel")


async def means(connection):
    await connection.execute("CREATE TABLE goods (d TEXT)")
    await connection.executemany("INSERT INTO goods VALUES ($1)", [("bamboo",), ("plastic",)])
    rows = await connection.fetch("SELECT d FROM goods WHERE d MEANS $1", CRITERION)
    assert [row["d"] for row in rows] == ["bamboo"], rows
    step("means")


async def main():
    connection = await asyncpg.connect(URL)
    assert connection.get_server_version().major >= 15
    step("connect")
    for part in (types, page, batch, nest, cancel, means):
        await part(connection)
    await connection.close()


asyncio.run(main())
