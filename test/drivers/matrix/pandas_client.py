import pandas
import sqlalchemy as sa

from common import CRITERION, DATABASE, HOST, PORT, step

engine = sa.create_engine(f"postgresql+psycopg2://ada@{HOST}:{PORT}/{DATABASE}")
assert pandas.read_sql("SELECT 1 AS one", engine)["one"].tolist() == [1]
step("connect")

frame = pandas.DataFrame(
    {
        "d": ["bamboo", "plastic", None],
        "n": [1, 2, 3],
        "f": [0.5, float("nan"), 2.0],
        "at": pandas.to_datetime(["2024-02-29 12:00", "2024-03-01 00:00", None]),
        "b": [True, False, True],
    }
)
frame.to_sql("goods", engine, index=False)
step("schema")

back = pandas.read_sql_table("goods", engine)
assert back["n"].tolist() == [1, 2, 3] and back["b"].tolist() == [True, False, True]
assert back["d"].isna().tolist() == [False, False, True] and back["f"].isna().tolist() == [False, True, False]
assert str(back["at"].dtype).startswith("datetime64") and back["at"][0] == pandas.Timestamp("2024-02-29 12:00")
step("types")

many = pandas.DataFrame({"n": range(1000)})
many.to_sql("numbers", engine, index=False, method="multi", chunksize=250)
step("batch")

chunks = list(pandas.read_sql("SELECT n FROM numbers ORDER BY n", engine, chunksize=300))
assert [len(chunk) for chunk in chunks] == [300, 300, 300, 100]
step("page")

query = sa.text("SELECT d FROM goods WHERE d MEANS :criterion")
assert pandas.read_sql(query, engine, params={"criterion": CRITERION})["d"].tolist() == ["bamboo"]
engine.dispose()
step("means")
