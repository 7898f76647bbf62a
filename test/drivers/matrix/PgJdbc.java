import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** pgjdbc, as a tool over DatabaseMetaData uses it. */
public class PgJdbc {
  static void check(Object got, Object wanted, String what) {
    boolean same = got instanceof byte[] bytes ? Arrays.equals(bytes, (byte[]) wanted) : Objects.equals(got, wanted);
    if (!same) throw new AssertionError(what + ": " + got + " is not " + wanted);
  }

  static void step(String name) {
    System.out.println("done " + name);
  }

  static List<String> column(ResultSet rows, String name) throws SQLException {
    List<String> found = new ArrayList<>();
    while (rows.next()) found.add(rows.getString(name));
    return found;
  }

  public static void main(String[] args) throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:" + args[0] + "/" + args[1] + "?user=ada&prepareThreshold=2";
    try (Connection db = DriverManager.getConnection(url)) {
      check(db.getMetaData().getDatabaseMajorVersion(), 15, "version");
      step("connect");
      schema(db);
      types(db);
      metadata(db.getMetaData());
      page(db);
      batch(db);
      nest(db);
      cancel(db);
      means(db, args[2]);
    }
  }

  static void schema(Connection db) throws SQLException {
    try (Statement s = db.createStatement()) {
      s.execute("CREATE TABLE everything (id SERIAL PRIMARY KEY, b BOOLEAN, i2 SMALLINT, i4 INTEGER, i8 BIGINT, f4 REAL,"
          + " f8 DOUBLE PRECISION, n NUMERIC(12, 3), t TEXT, v VARCHAR(20), y BYTEA, d DATE, ti TIME, ts TIMESTAMP,"
          + " tz TIMESTAMPTZ, u UUID, ia INTEGER[])");
      s.execute("CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)");
      s.execute("CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (id), title TEXT)");
      s.execute("CREATE INDEX book_title ON book (title)");
      s.execute("CREATE VIEW titles AS SELECT title FROM book");
      s.execute("COMMENT ON TABLE author IS 'who writes'");
    }
    step("schema");
  }

  static void types(Connection db) throws SQLException {
    Array numbers = db.createArrayOf("int4", new Integer[] {1, null, 3});
    Object[] values = {
      true, (short) -7, Integer.MAX_VALUE, 9007199254740993L, 1.5f, 0.1, new BigDecimal("12.500"), "O'Reilly ☃", "abc",
      new byte[] {0, -1}, LocalDate.of(2024, 2, 29), LocalTime.of(12, 34, 56), LocalDateTime.of(2024, 2, 29, 12, 34, 56),
      OffsetDateTime.of(2024, 2, 29, 12, 34, 56, 0, ZoneOffset.UTC),
      UUID.fromString("550e8400-e29b-41d4-a716-446655440000"), numbers,
    };
    String insert = "INSERT INTO everything (b, i2, i4, i8, f4, f8, n, t, v, y, d, ti, ts, tz, u, ia) VALUES"
        + " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement s = db.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS)) {
      for (int at = 0; at < values.length; at++) s.setObject(at + 1, values[at]);
      check(s.executeUpdate(), 1, "count");
      ResultSet keys = s.getGeneratedKeys();
      keys.next();
      check(keys.getInt("id"), 1, "generated key");
      for (int at = 0; at < values.length; at++) s.setNull(at + 1, Types.NULL);
      s.executeUpdate();
    }
    // From the fifth time on the driver asks for binary values.
    try (PreparedStatement s = db.prepareStatement("SELECT * FROM everything ORDER BY id")) {
      for (int time = 0; time < 6; time++) {
        ResultSet row = s.executeQuery();
        row.next();
        check(row.getBoolean("b"), true, "b");
        check(row.getShort("i2"), (short) -7, "i2");
        check(row.getLong("i8"), 9007199254740993L, "i8");
        check(row.getFloat("f4"), 1.5f, "f4");
        check(row.getDouble("f8"), 0.1, "f8");
        check(row.getBigDecimal("n"), new BigDecimal("12.500"), "n");
        check(row.getString("t"), "O'Reilly ☃", "t");
        check(row.getBytes("y"), new byte[] {0, -1}, "y");
        check(row.getObject("d", LocalDate.class), values[10], "d");
        check(row.getObject("ti", LocalTime.class), values[11], "ti");
        check(row.getObject("ts", LocalDateTime.class), values[12], "ts");
        check(row.getObject("tz", OffsetDateTime.class), values[13], "tz");
        check(row.getObject("u"), values[14], "u");
        check(Arrays.asList((Object[]) row.getArray("ia").getArray()), Arrays.asList(1, null, 3), "ia");
        row.next();
        check(row.getObject("n"), null, "NULL");
      }
    }
    step("types");
  }

  static void metadata(DatabaseMetaData data) throws SQLException {
    check(column(data.getTables(null, "public", "%", new String[] {"TABLE"}), "TABLE_NAME"),
        List.of("author", "book", "everything"), "getTables");
    check(column(data.getTables(null, "public", "%", new String[] {"VIEW"}), "TABLE_NAME"), List.of("titles"), "views");
    check(column(data.getColumns(null, "public", "book", "%"), "COLUMN_NAME"), List.of("id", "author_id", "title"), "getColumns");
    check(column(data.getColumns(null, "public", "everything", "n"), "COLUMN_SIZE"), List.of("12"), "COLUMN_SIZE");
    check(column(data.getPrimaryKeys(null, "public", "book"), "COLUMN_NAME"), List.of("id"), "getPrimaryKeys");
    check(column(data.getImportedKeys(null, "public", "book"), "PKTABLE_NAME"), List.of("author"), "getImportedKeys");
    check(column(data.getExportedKeys(null, "public", "author"), "FKCOLUMN_NAME"), List.of("author_id"), "getExportedKeys");
    List<String> indexes = column(data.getIndexInfo(null, "public", "book", false, true), "INDEX_NAME");
    check(indexes.contains("book_title"), true, "getIndexInfo " + indexes);
    check(column(data.getSchemas(), "TABLE_SCHEM").contains("public"), true, "getSchemas");
    check(column(data.getTypeInfo(), "TYPE_NAME").contains("int4"), true, "getTypeInfo");
    check(column(data.getTables(null, "public", "author", null), "REMARKS"), List.of("who writes"), "REMARKS");
    column(data.getCatalogs(), "TABLE_CAT");
    column(data.getTableTypes(), "TABLE_TYPE");
    column(data.getFunctions(null, null, "%"), "FUNCTION_NAME");
    column(data.getProcedures(null, null, "%"), "PROCEDURE_NAME");
    column(data.getTablePrivileges(null, "public", "book"), "PRIVILEGE");
    column(data.getBestRowIdentifier(null, "public", "book", 0, true), "COLUMN_NAME");
    step("reflect");
  }

  static void page(Connection db) throws SQLException {
    db.setAutoCommit(false);
    try (PreparedStatement s = db.prepareStatement("SELECT i FROM generate_series(1, 1000) AS g(i)")) {
      s.setFetchSize(100);
      ResultSet rows = s.executeQuery();
      int sum = 0;
      while (rows.next()) sum += rows.getInt(1);
      check(sum, 500500, "sum");
    }
    db.commit();
    step("page");
  }

  static void batch(Connection db) throws SQLException {
    try (Statement s = db.createStatement()) {
      s.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)");
    }
    try (PreparedStatement s = db.prepareStatement("INSERT INTO numbers VALUES (?)")) {
      for (int n = 0; n < 100; n++) {
        s.setInt(1, n);
        s.addBatch();
      }
      check(s.executeBatch().length, 100, "batch");
    }
    db.commit();
    step("batch");
  }

  static void nest(Connection db) throws SQLException {
    try (Statement s = db.createStatement()) {
      s.executeUpdate("INSERT INTO numbers VALUES (1001)");
      Savepoint point = db.setSavepoint();
      try {
        s.executeUpdate("INSERT INTO numbers VALUES (1)");
        throw new AssertionError("was taken twice");
      } catch (SQLException error) {
        check(error.getSQLState(), "23505", "state");
        db.rollback(point);
      }
      s.executeUpdate("INSERT INTO numbers VALUES (1002)");
      db.commit();
      ResultSet rows = s.executeQuery("SELECT count(*) FROM numbers WHERE n > 1000");
      rows.next();
      check(rows.getInt(1), 2, "kept");
      db.commit();
    }
    db.setAutoCommit(true);
    step("nest");
  }

  static void cancel(Connection db) throws SQLException {
    try (Statement s = db.createStatement()) {
      s.setQueryTimeout(1);
      s.executeQuery("SELECT pg_sleep(30)");
      throw new AssertionError("was not stopped");
    } catch (SQLException error) {
      check(error.getSQLState(), "57014", "state");
    }
    step("cancel");
  }

  static void means(Connection db, String criterion) throws SQLException {
    try (Statement s = db.createStatement()) {
      s.execute("CREATE TABLE goods AS SELECT unnest(ARRAY['bamboo', 'plastic']) AS d");
    }
    try (PreparedStatement s = db.prepareStatement("SELECT d FROM goods WHERE d MEANS ?")) {
      check(s.getMetaData().getColumnName(1), "d", "described");
      check(s.getParameterMetaData().getParameterTypeName(1), "text", "parameter");
      step("described");
      s.setString(1, criterion);
      check(column(s.executeQuery(), "d"), List.of("bamboo"), "meant");
    }
    step("means");
  }
}
