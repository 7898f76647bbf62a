import threading

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from common import COLUMNS, CRITERION, DATABASE, HOST, PORT, VALUES, same, step

engine = sa.create_engine(f"postgresql+psycopg://ada@{HOST}:{PORT}/{DATABASE}")
with engine.connect() as connection:
    assert engine.dialect.server_version_info >= (15,)
step("connect")


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    __table_args__ = {"comment": "who writes"}
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(40), unique=True, comment="full name")
    books: Mapped[list["Book"]] = relationship(back_populates="author")


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.Text, index=True)
    price: Mapped[float | None] = mapped_column(sa.Numeric(8, 2), server_default=sa.text("0"))
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("author.id"))
    author: Mapped[Author] = relationship(back_populates="books")


everything = sa.Table(
    "everything",
    Base.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    *(
        sa.Column(name, kind)
        for name, kind in zip(
            COLUMNS,
            [
                sa.Boolean, sa.SmallInteger, sa.Integer, sa.BigInteger, pg.REAL, sa.Double, sa.Numeric(12, 3), sa.Text,
                sa.String(20), sa.LargeBinary, sa.Date, sa.Time, sa.DateTime, sa.DateTime(timezone=True), sa.Interval,
                sa.Uuid, pg.ARRAY(sa.Integer), pg.ARRAY(sa.Text),
            ],
            strict=True,
        )
    ),
)
Base.metadata.create_all(engine)
Base.metadata.create_all(engine)
step("schema")

with engine.begin() as connection:
    connection.execute(sa.insert(everything), [VALUES])
    connection.execute(sa.insert(everything).values({name: None for name in COLUMNS}))
    row, nulls = connection.execute(sa.select(*[everything.c[name] for name in COLUMNS]).order_by(everything.c.id)).all()
    same(row)
    assert tuple(nulls) == (None,) * len(COLUMNS)
step("types")

inspector = sa.inspect(engine)
assert set(inspector.get_table_names()) == {"author", "book", "everything"}, inspector.get_table_names()
columns = {column["name"]: column for column in inspector.get_columns("book")}
assert list(columns) == ["id", "title", "price", "author_id"]
assert isinstance(columns["id"]["type"], sa.INTEGER) and not columns["id"]["nullable"]
assert isinstance(columns["price"]["type"], sa.NUMERIC) and columns["price"]["type"].scale == 2
assert columns["price"]["default"] is not None and "nextval" in columns["id"]["default"]
assert inspector.get_pk_constraint("book") == {
    "name": "book_pkey", "constrained_columns": ["id"], "comment": None, "dialect_options": {"postgresql_include": []},
}, inspector.get_pk_constraint("book")
(foreign,) = inspector.get_foreign_keys("book")
assert (foreign["constrained_columns"], foreign["referred_table"], foreign["referred_columns"]) == (["author_id"], "author", ["id"])
assert "ix_book_title" in [index["name"] for index in inspector.get_indexes("book")]
assert [constraint["column_names"] for constraint in inspector.get_unique_constraints("author")] == [["name"]]
assert inspector.get_table_comment("author") == {"text": "who writes"}, inspector.get_table_comment("author")
reflected = sa.MetaData()
book = sa.Table("book", reflected, autoload_with=engine)
assert "author" in reflected.tables and list(book.primary_key.columns.keys()) == ["id"]
step("reflect")

with Session(engine) as session:
    session.add(Author(name="Ada", books=[Book(title=f"volume {n}") for n in range(250)]))
    session.commit()
    assert session.scalar(sa.select(sa.func.count()).select_from(Book).join(Author).where(Author.name == "Ada")) == 250
    found = session.scalars(sa.select(Book).order_by(Book.id).execution_options(yield_per=100))
    assert sum(1 for _ in found) == 250
step("page")

with engine.begin() as connection:
    connection.execute(sa.text("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
    connection.execute(sa.text("INSERT INTO numbers VALUES (:n)"), [{"n": n} for n in range(100)])
    inserted = connection.execute(sa.insert(Author.__table__).returning(Author.id), [{"name": f"a{n}"} for n in range(20)])
    assert len(inserted.all()) == 20
step("batch")

with Session(engine) as session:
    session.add(Author(name="Grace"))
    session.flush()
    try:
        with session.begin_nested():
            session.add(Author(name="Ada"))
            session.flush()
        raise AssertionError("was taken twice")
    except IntegrityError:
        pass
    session.add(Author(name="Alan"))
    session.commit()
    assert session.scalars(sa.select(Author.name).where(Author.name.in_(["Grace", "Alan"]))).all() == ["Grace", "Alan"]
step("nest")

with engine.connect() as connection:
    raw = connection.connection.driver_connection
    threading.Timer(0.3, raw.cancel_safe).start()
    try:
        connection.execute(sa.text("SELECT pg_sleep(30)"))
        raise AssertionError("was not stopped")
    except DBAPIError as error:
        assert error.orig.sqlstate == "57014"
step("cancel")

with engine.begin() as connection:
    connection.execute(sa.text("CREATE TABLE goods AS SELECT unnest(:d) AS d"), {"d": ["bamboo", "plastic"]})
    query = sa.text("SELECT d FROM goods WHERE d MEANS :criterion")
    assert connection.execute(query, {"criterion": CRITERION}).all() == [("bamboo",)]
    goods = sa.table("goods", sa.column("d"))
    meant = sa.select(goods.c.d).where(goods.c.d.op("MEANS", is_comparison=True)(CRITERION))
    assert connection.execute(meant).all() == [("bamboo",)]
engine.dispose()
step("means")
