/**
 * The schema that the clients' statements were captured against, as far as both have its objects: no partitions, no
 * materialized view, no domain, no generated column, no function in SQL. Where the words differ, PostgreSQL's come first.
 */
const SCHEMA: readonly (string | readonly [postgres: string, here: string])[] = [
  'CREATE SCHEMA shop',
  "CREATE TYPE shop.mood AS ENUM ('sad', 'ok', 'happy')",
  [
    'CREATE TYPE shop.addr AS (street text, zip int)',
    'CREATE TYPE shop.addr AS STRUCT(street text, zip int)',
  ],
  `CREATE TABLE shop.customers (id serial PRIMARY KEY, name varchar(80) NOT NULL DEFAULT 'x', email text UNIQUE, m shop.mood,
     tags text[], created timestamptz DEFAULT now(), amount numeric(12,2) CHECK (amount >= 0))`,
  "COMMENT ON TABLE shop.customers IS 'customers'",
  "COMMENT ON COLUMN shop.customers.name IS 'name of'",
  `CREATE TABLE shop.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id int REFERENCES shop.customers(id), d date,
     j json, total numeric)`,
  'CREATE INDEX orders_d ON shop.orders(d)',
  'CREATE VIEW shop.v AS SELECT * FROM shop.orders',
  'CREATE VIEW shop.mv AS SELECT count(*) c FROM shop.orders',
  'CREATE SEQUENCE shop.s',
  'CREATE TABLE shop.part (k int, v text)',
  'CREATE TABLE shop.part1 (k int, v text)',
  `INSERT INTO shop.customers(name, email, m, created, amount)
     VALUES ('Anne', 'a@x', 'ok', '2024-01-01 00:00:00+00', 1.5), ('Bob', 'b@x', 'sad', '2024-01-02 00:00:00+00', 2.5)`,
];

export const POSTGRES_SCHEMA = SCHEMA.map((sql) => (typeof sql === 'string' ? sql : sql[0]));
export const CLIENT_SCHEMA = SCHEMA.map((sql) => (typeof sql === 'string' ? sql : sql[1]));
