import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Server, Servers, stubEnvironment, type TestClient } from '../acceptance/server-fixture.ts';
import { OpenAiStub } from '../support/openai-stub.ts';

const servers = new Servers();
let stub: OpenAiStub;
let server: Server;
let sql: TestClient;

beforeAll(async () => {
  stub = await OpenAiStub.start(() => 'SELECT 1');
  server = await servers.open(stubEnvironment(stub.baseUrl));
  sql = await server.connect();
  await sql.rows(
    "CREATE TABLE orders AS SELECT i AS id, CASE WHEN i % 3 = 0 THEN 'late' ELSE 'in time' END AS state FROM range(30) r(i)",
  );
}, 60_000);

afterAll(async () => {
  await servers.close();
  await stub.close();
});

afterEach(() => {
  stub.requests.length = 0;
  sql.notices.length = 0;
});

describe('ask_data', () => {
  it('writes a SELECT over the tables, shows it, runs it, and knows it the next time', async () => {
    stub.answer = () =>
      '```sql\nSELECT state, count(*)::int AS n FROM orders GROUP BY state ORDER BY n;\n```';
    const rows = [
      { state: 'late', n: 10 },
      { state: 'in time', n: 20 },
    ];
    expect(await sql.rows("SELECT * FROM ask_data('How many orders of each state?')")).toEqual(rows);
    expect(stub.requests[0]?.prompt).toContain('orders(id BIGINT, state VARCHAR)');
    expect(sql.notices.join('\n')).toContain('ask_data runs: SELECT state, count(*)::int AS n FROM orders');
    expect(
      await sql.rows("SELECT n FROM ask_data('How many orders of each state?', 1) a WHERE a.n > $1", [5]),
    ).toEqual([{ n: 10 }]);
    expect(stub.requests).toHaveLength(1);
    await sql.rows("CREATE TABLE counted AS SELECT * FROM ask_data('How many orders of each state?')");
    expect(await sql.rows('SELECT count(*)::int AS n FROM counted')).toEqual([{ n: 2 }]);
    await sql.rows('DROP TABLE counted');
  });

  it('has what cannot run written anew, with what was wrong', async () => {
    const said = ['SELECT nothing FROM orders', 'SELECT max(id)::int AS most FROM orders'];
    stub.answer = () => said.shift() ?? '';
    expect(await sql.rows("SELECT most FROM ask_data('The highest id?')")).toEqual([{ most: 29 }]);
    expect(stub.requests).toHaveLength(2);
    expect(stub.requests[1]?.prompt).toContain('SELECT nothing FROM orders');
  });

  it.each([
    ['DROP TABLE orders', '42501'],
    ['SELECT 1; DROP TABLE orders', '42501'],
    ["COPY orders TO '/tmp/rvbbit-never.csv'", '42501'],
    ["SELECT * FROM read_text('/etc/hostname')", '42501'],
    ["SELECT * FROM '/etc/hostname.csv'", '42501'],
    ["SELECT rvbbit_drop_cascade('x')", '42501'],
    ['SELECT trace_id FROM unified_logs', '42501'],
    ["SELECT set_config('rvbbit.model', 'x', false)", '42501'],
    ['WITH d AS (DELETE FROM orders RETURNING id) SELECT * FROM d', '42601'],
  ])('never runs %s', async (written, code) => {
    stub.answer = () => written;
    const question = `SELECT * FROM ask_data('Try: ${written.replaceAll("'", '')}')`;
    await expect(sql.rows(question)).rejects.toMatchObject({ code, detail: written });
    expect(stub.requests).toHaveLength(2);
    expect(await sql.rows('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 30 }]);
  });

  it('gives no more rows than it may, and takes a literal only', async () => {
    stub.answer = () => 'SELECT i FROM range(5000) r(i)';
    expect(await sql.rows("SELECT count(*)::int AS n FROM ask_data('Many?')")).toEqual([{ n: 1000 }]);
    await expect(sql.rows('SELECT * FROM ask_data($1)', ['x'])).rejects.toMatchObject({ code: '42601' });
    await sql.rows('CREATE TABLE ask_data (a INT)');
    expect(await sql.rows('SELECT a FROM ask_data')).toEqual([]);
    await sql.rows('DROP TABLE ask_data');
  });

  it('may use the operators', async () => {
    stub.answer = ({ prompt }) =>
      prompt.includes('You write one SQL query')
        ? "SELECT id FROM orders WHERE id < 2 AND state MEANS 'too late' ORDER BY id"
        : 'true';
    expect(await sql.rows("SELECT id::int FROM ask_data('Which came too late?')")).toEqual([
      { id: 0 },
      { id: 1 },
    ]);
  });

  it('says what it lacks where there is only the local model, and costs nothing', async () => {
    await sql.rows("SET rvbbit.model = 'local/local'");
    await expect(sql.rows("SELECT * FROM ask_data('How many?')")).rejects.toMatchObject({
      code: '0A000',
      hint: expect.stringContaining('OPENAI_API_KEY'),
    });
    await sql.rows('RESET rvbbit.model');
  });
});
