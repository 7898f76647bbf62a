"""What the Python clients of the matrix share: the schema, its values, and how a step is told to the test."""

import datetime
import decimal
import sys
import uuid

HOST, PORT, DATABASE, CRITERION = "127.0.0.1", int(sys.argv[1]), *sys.argv[2:4]
URL = f"postgresql://ada@{HOST}:{PORT}/{DATABASE}"

SCHEMA = """CREATE TABLE everything (
  id SERIAL PRIMARY KEY, b BOOLEAN, i2 SMALLINT, i4 INTEGER, i8 BIGINT, f4 REAL, f8 DOUBLE PRECISION, n NUMERIC(12, 3),
  t TEXT, v VARCHAR(20), y BYTEA, d DATE, ti TIME, ts TIMESTAMP, tz TIMESTAMPTZ, iv INTERVAL, u UUID, ia INTEGER[], ta TEXT[])"""

UTC = datetime.timezone.utc
VALUES = {
    "b": True,
    "i2": -7,
    "i4": 2147483647,
    "i8": 9007199254740993,
    "f4": 1.5,
    "f8": 0.1,
    "n": decimal.Decimal("12.500"),
    "t": "O'Reilly ☃\n\\",
    "v": "abc",
    "y": bytes.fromhex("00ffde"),
    "d": datetime.date(2024, 2, 29),
    "ti": datetime.time(12, 34, 56, 789000),
    "ts": datetime.datetime(2024, 2, 29, 12, 34, 56, 789000),
    "tz": datetime.datetime(2024, 2, 29, 10, 34, 56, 789000, UTC),
    "iv": datetime.timedelta(days=3, hours=4, minutes=5, seconds=6),
    "u": uuid.UUID("550e8400-e29b-41d4-a716-446655440000"),
    "ia": [1, None, 3],
    "ta": ["x", "y,z", ""],
}
COLUMNS = list(VALUES)
NAMES = ", ".join(COLUMNS)


def plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def same(row, wanted=None):
    """A row of NAMES, as the client gives it, against what was put in."""
    wanted = list(VALUES.values()) if wanted is None else wanted
    got = [plain(value) for value in row]
    for name, one, other in zip(COLUMNS, got, wanted, strict=True):
        assert one == other and isinstance(one, type(other)), f"{name}: {one!r} is not {other!r}"


def step(name):
    print("done", name, flush=True)
