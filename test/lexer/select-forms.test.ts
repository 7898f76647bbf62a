import type { DuckDBValue } from '@duckdb/node-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rewriteSemanticSyntax } from '../../src/operators/lexer/semantic-syntax.ts';
import { selectForms } from '../../src/operators/lexer/select-forms.ts';
import { OPERATORS } from './operator-set.ts';
import { openRecordingDatabase, type RecordingDatabase } from './recording-database.ts';

const SCHEMA = [
  `CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR, kind VARCHAR, price INT DEFAULT 0)`,
  `INSERT INTO item SELECT i, 'item' || i, 'kind' || (i % 3), i * 10 FROM range(10) r(i)`,
  `CREATE TABLE news (id INT, name VARCHAR)`,
  `INSERT INTO news SELECT i, 'news' || i FROM range(5, 15) r(i)`,
  `CREATE TABLE "desc" (id INT, "desc" VARCHAR)`,
  `INSERT INTO "desc" VALUES (1, 'one')`,
  `CREATE MACRO judged(a) AS semantic_matches(a, 'macro')`,
  `CREATE VIEW judgement AS SELECT id, semantic_matches(name, 'view') AS verdict FROM news`,
];

/** Statements that change data, and how many distinct calls each makes on the rows above. */
const STATEMENTS: readonly (readonly [string, number, DuckDBValue[]?])[] = [
  // INSERT
  [`INSERT INTO news SELECT id, name MEANS 'a' FROM item WHERE name ABOUT 'b' > 'item5'`, 15],
  [`INSERT INTO news (name, id) SELECT name ABOUT 'a', id FROM item WHERE id < 3`, 3],
  [`INSERT INTO news BY NAME SELECT name MEANS 'a' AS name FROM item LIMIT 4`, 4],
  [`INSERT INTO news BY POSITION SELECT 1, name MEANS 'a' FROM item WHERE id = 1`, 1],
  [`INSERT INTO news FROM (SELECT id, name MEANS 'a' FROM item)`, 10],
  [`INSERT INTO news (SELECT id, name MEANS 'a' FROM item)`, 10],
  [`INSERT INTO news (id, name) (SELECT id, name MEANS 'a' FROM item)`, 10],
  [
    `WITH cheap AS (SELECT * FROM item WHERE price < 30) INSERT INTO news SELECT id, name MEANS 'a' FROM cheap`,
    3,
  ],
  [`INSERT INTO news WITH cheap AS (FROM item LIMIT 2) SELECT id, name MEANS 'a' FROM cheap`, 2],
  [`WITH a AS (FROM item LIMIT 2) INSERT INTO news WITH b AS (FROM a) SELECT id, name MEANS 'a' FROM b`, 2],
  [`INSERT INTO news VALUES (1, 'a' MEANS 'b'), (2, 'plain'), ('3', 'c' ABOUT 'd')`, 2],
  [`INSERT INTO news VALUES (1, 'x'), (2, DEFAULT), (-3, NULL)`, 0],
  [`INSERT INTO news VALUES (1, judged('a')), (2, DEFAULT)`, 1],
  [`INSERT INTO news (name) VALUES ($1 MEANS 'b'), ($2)`, 1, ['x', 'y']],
  [`INSERT INTO news (id, name) VALUES ($1, $2 MEANS $3)`, 1, [1, 'x', 'y']],
  [`INSERT INTO news SELECT $1::INT, name MEANS $3 FROM item WHERE kind = $2`, 3, [1, 'kind1', 'y']],
  [`INSERT INTO news SELECT id, verdict FROM judgement WHERE id < 8`, 3],
  [`INSERT INTO news DEFAULT VALUES`, 0],
  [`INSERT INTO news TABLE news`, 0],
  [`INSERT INTO news SELECT id, name FROM item RETURNING id, name MEANS 'a' AS m`, 10],
  [`INSERT INTO news (name) SELECT name FROM item WHERE id < 2 RETURNING news.name ABOUT 'a', id`, 2],
  [`INSERT INTO news AS n (id, name) VALUES (1, 'x'), (2, 'y') RETURNING news.name MEANS 'a'`, 2],
  [`INSERT INTO news BY NAME SELECT name FROM item WHERE id < 2 RETURNING semantic_matches(name, 'q')`, 2],
  [`INSERT INTO news VALUES (7, DEFAULT), (8, 'b') RETURNING coalesce(name, 'none') MEANS 'a'`, 2],
  [`INSERT INTO "desc" (id, desc) SELECT id, desc MEANS 'x' FROM desc RETURNING desc ABOUT 'y'`, 2],
  [`INSERT OR REPLACE INTO item SELECT id, name MEANS 'a', 'k', 1 FROM news`, 10],
  [`INSERT OR IGNORE INTO item SELECT id, name MEANS 'a', 'k', 1 FROM news`, 10],
  [`INSERT INTO item (id, name) SELECT id, name ABOUT 'n' FROM news ON CONFLICT DO NOTHING`, 10],
  [
    `INSERT INTO item (id, name) SELECT id, name FROM news ON CONFLICT (id) DO UPDATE SET name = name ABOUT 'old', kind = excluded.name ABOUT 'new'`,
    16,
  ],
  [
    `INSERT INTO item AS i (id, name) SELECT id, name FROM news ON CONFLICT (id) DO UPDATE SET name = excluded.name || i.name WHERE i.name MEANS 'x' > 'item7'`,
    5,
  ],
  [
    `INSERT INTO item (id, name) VALUES (3, 'x'), (99, 'y') ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING name`,
    0,
  ],
  // UPDATE
  [`UPDATE item SET name = name MEANS 'a'`, 10],
  [`UPDATE item SET name = 'x' WHERE name MEANS 'a' > 'item5'`, 10],
  [`UPDATE item SET name = name ABOUT 'a', kind = kind ABOUT 'b' WHERE id < 5`, 8],
  [`UPDATE item AS i SET name = i.name ABOUT 'a' WHERE i.id IN (SELECT id FROM news)`, 5],
  [`UPDATE item i SET name = news.name ABOUT i.kind FROM news WHERE news.id = i.id`, 5],
  [`UPDATE item SET (name, kind) = (name ABOUT 'a', kind ABOUT 'b') WHERE id = 1`, 2],
  [`UPDATE item SET (name, kind) = ROW(name ABOUT 'a', 'b') WHERE id = 1`, 1],
  [`UPDATE item SET name = DEFAULT, kind = 'x' WHERE judged(name) > 'item7'`, 10],
  [`UPDATE item SET name = CASE WHEN id IS DISTINCT FROM 3 THEN name ABOUT 'a' ELSE 'x' END`, 9],
  [`UPDATE item SET price = 1`, 0],
  [`UPDATE item SET name = $1 WHERE name MEANS $2 > 'item7'`, 10, ['x', 'y']],
  [`UPDATE item SET name = j.verdict FROM judgement j WHERE j.id = item.id`, 5],
  [`UPDATE item SET name = kind, price = 2 WHERE id < 4 RETURNING name MEANS 'a', price`, 3],
  [
    `WITH few AS (FROM news LIMIT 2) UPDATE item SET name = few.name ABOUT 'a' FROM few WHERE few.id = item.id`,
    2,
  ],
  [`UPDATE "desc" SET desc = desc MEANS 'x' WHERE desc ABOUT 'y' IS NOT NULL`, 2],
  // DELETE
  [`DELETE FROM item WHERE name MEANS 'a' > 'item5'`, 10],
  [`DELETE FROM item AS i WHERE i.id < 5 AND i.name MEANS 'a' IS NOT NULL`, 5],
  [`DELETE FROM item i USING news WHERE news.id = i.id AND news.name ABOUT i.kind IS NOT NULL`, 5],
  [`DELETE FROM item`, 0],
  [`DELETE FROM item RETURNING name MEANS 'a'`, 10],
  [`DELETE FROM item WHERE id < 5 RETURNING *, name MEANS 'a' AS m`, 5],
  [
    `WITH few AS (FROM news LIMIT 2) DELETE FROM item WHERE id IN (SELECT id FROM few WHERE name ABOUT 'a' > '')`,
    2,
  ],
  // MERGE
  [
    `MERGE INTO item USING news ON item.id = news.id WHEN MATCHED THEN UPDATE SET name = news.name ABOUT item.kind`,
    5,
  ],
  [
    `MERGE INTO item AS i USING (SELECT id, name ABOUT 's' AS name FROM news) n ON i.id = n.id WHEN MATCHED AND i.name MEANS 'x' > 'item7' THEN DELETE WHEN MATCHED THEN UPDATE SET name = n.name || i.name ABOUT 'y' WHEN NOT MATCHED THEN INSERT (id, name) VALUES (n.id, n.name ABOUT 'z')`,
    31,
  ],
  [
    `MERGE INTO item i USING news n USING (id) WHEN NOT MATCHED AND n.name ABOUT 'x' > 'news12' THEN INSERT (id, name) VALUES (n.id, CASE WHEN true THEN n.name MEANS 'z' END) WHEN NOT MATCHED BY SOURCE AND i.name ABOUT 'q' > 'item2' THEN DELETE`,
    21,
  ],
  [
    `WITH few AS (FROM news WHERE id < 8) MERGE INTO item USING few ON item.id = few.id WHEN MATCHED THEN UPDATE SET kind = few.name ABOUT 'a' WHEN NOT MATCHED THEN DO NOTHING`,
    3,
  ],
  [
    `MERGE INTO news USING (SELECT id + 100 AS id, name ABOUT 'a' AS name FROM item) s ON news.id = s.id WHEN NOT MATCHED THEN INSERT *`,
    10,
  ],
  [`MERGE INTO item USING judgement j ON item.id = j.id WHEN MATCHED THEN UPDATE SET name = j.verdict`, 5],
  [
    `MERGE INTO item i USING news n ON i.id = n.id WHEN NOT MATCHED AND name ABOUT 'x' > '' THEN INSERT (id, name) VALUES (id, name ABOUT 'y')`,
    15,
  ],
  [
    `MERGE INTO item USING news ON item.id = news.id WHEN NOT MATCHED BY SOURCE AND kind ABOUT 'x' > 'kind1' THEN UPDATE SET name = kind ABOUT 'y' WHEN MATCHED THEN DELETE`,
    6,
  ],
  [
    `MERGE INTO item i USING news n ON i.id = n.id WHEN NOT MATCHED THEN INSERT (id, name) VALUES (n.id, coalesce(n.name, 'none') ABOUT 'y') WHEN NOT MATCHED BY SOURCE THEN DELETE`,
    11,
  ],
  [
    `MERGE INTO item USING news ON item.id = news.id AND news.name MEANS 'a' > 'news6' WHEN MATCHED THEN UPDATE SET name = item.name ABOUT 'b'`,
    14,
  ],
  [
    `MERGE INTO item USING (VALUES ($1::INT, $2)) s (id, name) ON item.id = s.id WHEN MATCHED AND item.name MEANS $3 IS NULL THEN DO NOTHING WHEN MATCHED THEN UPDATE SET name = s.name ABOUT item.kind`,
    2,
    [4, 'x', 'y'],
  ],
  // Statements that hold a query.
  [`CREATE TABLE made AS SELECT id, name MEANS 'a' AS m FROM item`, 10],
  [`CREATE TEMP TABLE made (i, m) AS (SELECT id, name MEANS 'a' FROM item WHERE id < 3)`, 3],
  [`CREATE TABLE made AS FROM judgement WITH DATA`, 10],
  [`CREATE TABLE made AS WITH few AS (FROM item LIMIT 2) SELECT name ABOUT 'x' AS m FROM few`, 2],
  [`CREATE TABLE made AS SELECT name MEANS 'a' AS m FROM item WITH NO DATA`, 0],
  [`COPY (SELECT name MEANS 'a' FROM item) TO '/dev/null'`, 10],
  [`COPY (FROM judgement) TO '/dev/null' (FORMAT csv)`, 10],
  [`COPY item TO '/dev/null'`, 0],
  [`EXPLAIN ANALYZE SELECT name MEANS 'a' FROM item`, 10],
  [`EXPLAIN ANALYZE DELETE FROM item WHERE name MEANS 'a' > ''`, 10],
  [`EXPLAIN (ANALYZE, FORMAT json) INSERT INTO news SELECT id, name MEANS 'a' FROM item`, 10],
  [`EXPLAIN DELETE FROM item WHERE name MEANS 'a' > ''`, 0],
  [`CREATE VIEW seen AS SELECT name MEANS 'a' AS m FROM item`, 0],
  [`CREATE MACRO made(x) AS x MEANS 'a'`, 0],
  [`-- a hint\nDELETE FROM item WHERE id = 3 AND name MEANS 'a' > '' -- the end\n;`, 1],
];

const CASES = STATEMENTS.map(([written, calls, parameters = []]) => ({ written, calls, parameters }));

describe('selectForms', () => {
  let database: RecordingDatabase;
  beforeAll(async () => {
    database = await openRecordingDatabase(SCHEMA);
  });
  beforeEach(() => database.connection.run('BEGIN'));
  afterEach(() => database.connection.run('ROLLBACK'));
  afterAll(() => database.close());

  it.each(CASES)(
    'makes the calls of the statement, and no other: $written',
    async ({ written, calls, parameters }) => {
      const { sql } = rewriteSemanticSyntax(written, OPERATORS);
      const forms = selectForms(sql, OPERATORS);
      const ofForms = await database.callsOf(forms, parameters);
      const ofStatement = await database.callsOf([sql], parameters);
      expect(ofForms).toEqual(ofStatement);
      expect(ofForms).toHaveLength(calls);
    },
  );

  it.each(CASES)('gives only queries, which change nothing: $written', async ({ written }) => {
    const forms = selectForms(rewriteSemanticSyntax(written, OPERATORS).sql, OPERATORS);
    for (const form of forms) {
      const prepared = await database.connection.prepare(form);
      expect(prepared.statementType, form).toBe(1);
      prepared.destroySync();
    }
  });

  it.each([
    `SELECT name MEANS 'a' FROM item`,
    `FROM item`,
    `CREATE TABLE t (a int)`,
    `DROP TABLE item`,
    `BEGIN`,
    `SET a = 1`,
    `TRUNCATE item`,
    `COPY item FROM 'x.csv'`,
    ``,
  ])('has none for a statement that evaluates nothing or may run as often as it likes: %s', (sql) => {
    expect(selectForms(rewriteSemanticSyntax(sql, OPERATORS).sql, OPERATORS)).toEqual([]);
  });

  it.each([
    `INSERT INTO item (id, name) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = 'y' RETURNING name MEANS 'a'`,
    `INSERT INTO item (id, name) VALUES (1, 'x') ON CONFLICT DO UPDATE SET name = excluded.name MEANS 'a'`,
    `UPDATE item SET name = DEFAULT RETURNING name MEANS 'a'`,
    `MERGE INTO item USING news ON item.id = news.id WHEN MATCHED THEN DELETE RETURNING item.name MEANS 'a'`,
    `MERGE INTO item USING news ON item.id = news.id WHEN MATCHED THEN DELETE RETURNING semantic_matches(item.name, 'a')`,
  ])('refuses, with a way out, what can be known only after the change: %s', (written) => {
    const { sql } = rewriteSemanticSyntax(written, OPERATORS);
    expect(() => selectForms(sql, OPERATORS)).toThrow(
      expect.objectContaining({ code: '0A000', hint: expect.stringMatching(/\w/) as string }),
    );
  });

  it('returns what RETURNING says where it calls no operator, whatever the statement', () => {
    const merge = `MERGE INTO item USING news ON item.id = news.id WHEN MATCHED THEN DELETE RETURNING upper(item.name)`;
    expect(selectForms(merge, OPERATORS)).toHaveLength(1);
    expect(() => selectForms(merge)).toThrow(expect.objectContaining({ code: '0A000' }));
  });

  it('spreads a long VALUES list over several queries', () => {
    const rows = Array.from({ length: 1_200 }, (_, at) => `(${at}, semantic_matches('v${at}', 'x'))`);
    const forms = selectForms(`INSERT INTO news VALUES ${rows.join(', ')}`, OPERATORS);
    expect(forms).toHaveLength(3);
    expect(forms.join().match(/semantic_matches/g)).toHaveLength(1_200);
  });
});
