import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activityVariable, settingsVariable } from '../../src/server/catalog/session-variables.ts';
import { TranslatedSession } from '../dialect/translated-session.ts';

const MEANS = {
  name: 'semantic_matches',
  args: [
    { name: 'text', type: 'text' },
    { name: 'criterion', type: 'text' },
  ],
  returns: 'bool',
  description: 'Whether a text fits a criterion',
};

describe('the catalogue', () => {
  let session: TranslatedSession;

  beforeAll(async () => {
    session = await TranslatedSession.open({ functions: [MEANS], virtualTables: ['unified_logs'] });
    await session.query(
      'CREATE TABLE t (id serial PRIMARY KEY, a text, b numeric(8,2) DEFAULT 1, c int[], UNIQUE (a, b))',
    );
    await session.query('CREATE TABLE u (t_id int REFERENCES t (id), CHECK (t_id > 0))');
    await session.query('CREATE VIEW v AS SELECT a FROM t');
    await session.connection.run('CREATE TEMP TABLE unified_logs (trace_id VARCHAR, cost DOUBLE)');
    await session.connection.run("COMMENT ON COLUMN unified_logs.cost IS 'US dollars'");
  });
  afterAll(() => session.close());

  async function rows(sql: string): Promise<readonly (readonly (string | null)[])[]> {
    return (await session.query(sql)).rows;
  }

  test('oids agree between relations', async () => {
    expect(
      await rows(`SELECT c.relname, a.attname, t.typname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relname = 't' AND a.attnum > 0 ORDER BY a.attnum`),
    ).toEqual([
      ['t', 'id', 'int4'],
      ['t', 'a', 'text'],
      ['t', 'b', 'numeric'],
      ['t', 'c', '_int4'],
    ]);
  });

  test('no oid stands for two objects', async () => {
    for (const relation of ['pg_class', 'pg_type', 'pg_proc', 'pg_constraint', 'pg_namespace']) {
      expect(await rows(`SELECT oid FROM ${relation} GROUP BY oid HAVING count(*) > 1`)).toEqual([]);
    }
  });

  test('constraints have the names and texts of PostgreSQL', async () => {
    expect(
      await rows(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid IN ('t'::regclass, 'u'::regclass) ORDER BY 1",
      ),
    ).toEqual([
      ['t_a_b_key', 'UNIQUE (a, b)'],
      ['t_pkey', 'PRIMARY KEY (id)'],
      ['u_t_id_check', 'CHECK ((t_id > 0))'],
      ['u_t_id_fkey', 'FOREIGN KEY (t_id) REFERENCES t(id)'],
    ]);
  });

  test('a virtual table is in public, with the comments of its columns', async () => {
    expect(
      await rows(
        "SELECT table_schema, table_type FROM information_schema.tables WHERE table_name = 'unified_logs'",
      ),
    ).toEqual([['public', 'BASE TABLE']]);
    expect(
      await rows(
        "SELECT column_name, data_type, col_description('unified_logs'::regclass, ordinal_position) FROM information_schema.columns WHERE table_name = 'unified_logs' ORDER BY ordinal_position",
      ),
    ).toEqual([
      ['trace_id', 'text', null],
      ['cost', 'double precision', 'US dollars'],
    ]);
  });

  test('a semantic function is in pg_proc with its description', async () => {
    expect(
      await rows(`SELECT proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), obj_description(p.oid, 'pg_proc')
      FROM pg_proc p WHERE proname = 'semantic_matches'`),
    ).toEqual([
      ['semantic_matches', 'text text, criterion text', 'boolean', 'Whether a text fits a criterion'],
    ]);
  });

  test('what a transaction creates is seen in it and gone after a rollback', async () => {
    await session.connection.run('BEGIN');
    await session.query('CREATE TABLE fresh (a int)');
    expect(await rows("SELECT count(*) FROM pg_class WHERE relname = 'fresh'")).toEqual([['1']]);
    await session.connection.run('ROLLBACK');
    expect(await rows("SELECT count(*) FROM pg_class WHERE relname = 'fresh'")).toEqual([['0']]);
  });

  test('a name that does not exist is an error, to_regclass gives NULL', async () => {
    await expect(session.query("SELECT 'nope'::regclass")).rejects.toThrow('relation "nope" does not exist');
    expect(await rows("SELECT to_regclass('nope'), to_regclass('public.t') IS NOT NULL")).toEqual([
      [null, 't'],
    ]);
  });

  test('settings and activity are those that the session told', async () => {
    await session.connection.run(settingsVariable(new Map([['application_name', "it's me"]])));
    await session.connection.run(
      activityVariable([
        {
          pid: 7,
          database: 'memory',
          user: 'ann',
          applicationName: 'psql',
          clientAddress: null,
          clientPort: null,
          started: new Date(0),
          transactionStarted: null,
          queryStarted: null,
          state: 'idle',
          query: 'SELECT 1',
        },
      ]),
    );
    expect(await rows("SELECT current_setting('application_name'), current_setting('nope', true)")).toEqual([
      ["it's me", null],
    ]);
    expect(await rows('SELECT pid, usename, state, query FROM pg_stat_activity')).toEqual([
      ['7', 'ann', 'idle', 'SELECT 1'],
    ]);
    await expect(session.query("SELECT current_setting('nope')")).rejects.toThrow(
      'unrecognized configuration parameter "nope"',
    );
  });

  test('every relation of the catalogue can be read', async () => {
    const { rows: relations } =
      await session.query(`SELECT nspname || '.' || relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
      WHERE nspname IN ('pg_catalog', 'information_schema') AND relkind IN ('r', 'v')`);
    expect(relations.length).toBeGreaterThan(200);
    for (const [name] of relations) await session.query(`SELECT * FROM ${name ?? ''} LIMIT 1`);
  });
});
