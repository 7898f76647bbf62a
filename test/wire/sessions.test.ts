import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cells,
  close,
  describe as describePortal,
  execute,
  fields,
  int32,
  packet,
  query,
  type RawClient,
  startupMessage,
  SYNC,
  types,
} from './support/raw-client.ts';
import { ServerFixture } from './support/server-fixture.ts';

let server: ServerFixture;
beforeAll(async () => {
  server = await ServerFixture.open();
});
afterAll(async () => {
  await server.close();
});

interface Answer {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly tags: readonly string[];
  readonly error: Readonly<Record<string, string>>;
  readonly notices: readonly Readonly<Record<string, string>>[];
  readonly reported: Readonly<Record<string, string>>;
  readonly status: string | undefined;
}

async function ask(client: RawClient, sql: string): Promise<Answer> {
  client.send(query(sql));
  return answer(client);
}

async function answer(client: RawClient): Promise<Answer> {
  const frames = await client.through('Z');
  const of = (letter: string) => frames.filter(({ type }) => type === letter);
  return {
    rows: of('D').map((row) => cells(row).map((cell) => cell?.toString() ?? null)),
    tags: of('C').map(({ body }) => body.toString().replace('\0', '')),
    error: fields(of('E')[0]),
    notices: of('N').map(fields),
    reported: Object.fromEntries(
      of('S').map(({ body }) => body.toString().split('\0').slice(0, 2) as [string, string]),
    ),
    status: frames.at(-1)?.body.toString(),
  };
}

describe('settings', () => {
  it('are set, shown, reported and reset', async () => {
    const client = await server.session();
    expect((await ask(client, "SET application_name TO 'report'")).reported).toEqual({
      application_name: 'report',
    });
    expect((await ask(client, 'SHOW application_name')).rows).toEqual([['report']]);
    expect((await ask(client, 'RESET application_name')).reported).toEqual({ application_name: '' });
    await ask(client, "SET TIME ZONE 'America/New_York'");
    const { rows } = await ask(client, "SELECT TIMESTAMPTZ '2024-07-01 12:00:00+00'");
    expect(rows).toEqual([['2024-07-01 08:00:00-04']]);
    expect((await ask(client, 'SHOW TIME ZONE')).rows).toEqual([['America/New_York']]);
    await ask(client, "SET TIME ZONE INTERVAL '+02:00' HOUR TO MINUTE");
    expect((await ask(client, "SELECT TIMESTAMPTZ '2024-07-01 12:00:00+00'")).rows).toEqual([
      ['2024-07-01 14:00:00+02'],
    ]);
  });

  it('go back when their transaction does, and SET LOCAL at its end', async () => {
    const client = await server.session();
    await ask(client, 'BEGIN; SET application_name = a; SET LOCAL statement_timeout = 5000');
    expect((await ask(client, 'SHOW statement_timeout')).rows).toEqual([['5s']]);
    const ended = await ask(client, 'ROLLBACK');
    expect(ended.reported).toEqual({ application_name: '' });
    expect((await ask(client, 'SHOW statement_timeout')).rows).toEqual([['0']]);
    expect((await ask(client, 'SET LOCAL statement_timeout = 1')).notices[0]).toMatchObject({
      S: 'WARNING',
      C: '25P01',
    });
  });

  it('refuse unknown names and values that cannot be', async () => {
    const client = await server.session();
    expect((await ask(client, 'SET nonsense = 1')).error.C).toBe('42704');
    expect((await ask(client, 'SHOW rvbbit.nonsense')).error.C).toBe('42704');
    expect((await ask(client, "SET client_encoding = 'EUC_JP'")).error.C).toBe('22023');
    expect((await ask(client, "SET TimeZone = 'Mars/Olympus'")).error.C).toBe('22023');
    expect((await ask(client, 'SET server_version = 1')).error.C).toBe('55P02');
    expect((await ask(client, "SET rvbbit.on_error = 'perhaps'")).error.C).toBe('22023');
  });

  it('are told to SQL by current_setting and pg_settings', async () => {
    const client = await server.session({ application_name: 'told' });
    await ask(client, "SET my.own = 'x'");
    const { rows } = await ask(
      client,
      "SELECT current_setting('application_name'), current_setting('my.own')",
    );
    expect(rows).toEqual([['told', 'x']]);
    const shown = await ask(client, "SELECT setting FROM pg_settings WHERE name = 'application_name'");
    expect(shown.rows).toEqual([['told']]);
  });

  it('are set by set_config, and no sooner than its statement runs', async () => {
    const client = await server.session();
    const { rows, reported } = await ask(client, "SELECT set_config('application_name', 'called', false)");
    expect([rows, reported]).toEqual([[['called']], { application_name: 'called' }]);
    await ask(client, "BEGIN; SELECT set_config('search_path', 'pg_catalog', true)");
    expect((await ask(client, 'SHOW search_path')).rows).toEqual([['pg_catalog']]);
    await ask(client, 'COMMIT');
    expect((await ask(client, 'SHOW search_path')).rows).toEqual([['"$user", public']]);
  });

  it('pass to DuckDB where they are its own', async () => {
    const client = await server.session();
    await ask(client, "SET memory_limit = '512MB'");
    expect((await ask(client, 'SHOW memory_limit')).rows[0]?.[0]).toMatch(/^488/);
  });

  it('lists tables by pattern and all settings', async () => {
    const client = await server.session();
    await ask(client, 'CREATE TABLE listed_one (id INT); CREATE TABLE other_two (id INT)');
    expect((await ask(client, "SHOW TABLES LIKE 'listed%'")).rows).toEqual([['listed_one']]);
    const all = new Map((await ask(client, 'SHOW ALL')).rows.map(([name, value]) => [name, value]));
    expect(all.get('TimeZone')).toBe('UTC');
  });

  it('choose the search path and the schema of new tables', async () => {
    const client = await server.session();
    await ask(client, 'CREATE SCHEMA apart; SET search_path = apart, public; CREATE TABLE inside (id INT)');
    expect((await ask(client, 'SELECT count(*) FROM apart.inside')).rows).toEqual([['0']]);
  });

  it('and everything else is forgotten by DISCARD ALL', async () => {
    const client = await server.session();
    await ask(client, "SET application_name = 'x'; PREPARE p AS SELECT 1; CREATE TEMP TABLE t (id INT)");
    expect((await ask(client, 'DISCARD ALL')).tags).toEqual(['DISCARD ALL']);
    expect((await ask(client, 'SHOW application_name')).rows).toEqual([['']]);
    expect((await ask(client, 'EXECUTE p')).error.C).toBe('26000');
    expect((await ask(client, 'SELECT * FROM t')).error.C).toBe('42P01');
    expect((await ask(client, 'BEGIN; DISCARD ALL')).error.C).toBe('25001');
  });
});

describe('PREPARE, EXECUTE and DEALLOCATE', () => {
  it('run a statement with values again and again', async () => {
    const client = await server.session();
    await ask(client, 'PREPARE add (int, int) AS SELECT $1 + $2 AS sum');
    expect((await ask(client, 'EXECUTE add (1, 2)')).rows).toEqual([['3']]);
    expect((await ask(client, 'EXECUTE add (40, 1 + 1)')).rows).toEqual([['42']]);
    expect((await ask(client, 'EXECUTE add (1)')).error.C).toBe('42601');
    expect((await ask(client, 'PREPARE add AS SELECT 1')).error.C).toBe('42P05');
    expect((await ask(client, 'DEALLOCATE add')).tags).toEqual(['DEALLOCATE']);
    expect((await ask(client, 'EXECUTE add (1, 2)')).error.C).toBe('26000');
  });
});

describe('cursors', () => {
  it('are declared, fetched, moved and closed within a transaction', async () => {
    const client = await server.session();
    const frames = await ask(
      client,
      'BEGIN; DECLARE c CURSOR FOR SELECT i FROM range(10) r(i); FETCH 2 FROM c',
    );
    expect(frames.tags).toEqual(['BEGIN', 'DECLARE CURSOR', 'FETCH 2']);
    expect(frames.rows).toEqual([['0'], ['1']]);
    expect((await ask(client, 'MOVE 3 IN c')).tags).toEqual(['MOVE 3']);
    expect((await ask(client, 'FETCH NEXT FROM c')).rows).toEqual([['5']]);
    expect((await ask(client, 'SELECT 7')).rows).toEqual([['7']]);
    expect((await ask(client, 'FETCH ALL FROM c')).rows).toEqual([['6'], ['7'], ['8'], ['9']]);
    expect((await ask(client, 'FETCH FORWARD 5 FROM c')).tags).toEqual(['FETCH 0']);
    expect((await ask(client, 'CLOSE c')).tags).toEqual(['CLOSE CURSOR']);
    await ask(client, 'COMMIT');
    expect((await ask(client, 'FETCH c')).error.C).toBe('34000');
  });

  it('are described, fetched from and closed by the messages of the protocol too', async () => {
    const client = await server.session();
    await ask(client, 'BEGIN; DECLARE c CURSOR FOR SELECT i::int AS i FROM range(5) r(i)');
    client.send(describePortal('P', 'c'), execute('c', 2), execute('c'), close('P', 'c'), SYNC);
    const frames = await client.through('Z');
    expect(types(frames)).toBe('TDDsDDDC3Z');
    expect((await ask(client, 'FETCH c')).error.C).toBe('34000');
  });

  it('outlive their transaction WITH HOLD, and need one without', async () => {
    const client = await server.session();
    expect((await ask(client, 'DECLARE c CURSOR FOR SELECT 1')).error.C).toBe('25P01');
    await ask(client, 'BEGIN; DECLARE held CURSOR WITH HOLD FOR SELECT i FROM range(5000) r(i); COMMIT');
    expect((await ask(client, 'FETCH 1 FROM held')).rows).toEqual([['0']]);
    expect((await ask(client, 'MOVE FORWARD 4000 IN held')).tags).toEqual(['MOVE 4000']);
    expect((await ask(client, 'FETCH 1 FROM held')).rows).toEqual([['4001']]);
    await ask(client, 'CLOSE ALL');
  });

  it('scan forward alone, and say so', async () => {
    const client = await server.session();
    await ask(client, 'BEGIN; DECLARE c SCROLL CURSOR FOR SELECT 1');
    expect((await ask(client, 'FETCH PRIOR FROM c')).error.C).toBe('55000');
  });
});

describe('LISTEN and NOTIFY', () => {
  it('carry a payload between sessions when the transaction commits', async () => {
    const listener = await server.session();
    const speaker = await server.session();
    await ask(listener, 'LISTEN news');
    await ask(speaker, "BEGIN; NOTIFY news, 'first'");
    await ask(speaker, 'ROLLBACK');
    await ask(speaker, "NOTIFY news, 'second'");
    const frame = await listener.next();
    expect(frame.type).toBe('A');
    expect(frame.body.subarray(4).toString()).toBe('news\0second\0');
    await ask(listener, 'UNLISTEN *');
    await ask(speaker, 'NOTIFY news');
    expect((await ask(listener, 'SELECT 1')).rows).toEqual([['1']]);
  });

  it('reach the pg package', async () => {
    const client = await server.pg();
    const heard = new Promise<unknown>((resolve) => client.on('notification', resolve));
    await client.query('LISTEN jobs');
    const other = await server.pg();
    await other.query('NOTIFY jobs, \'{"id": 1}\'');
    expect(await heard).toMatchObject({ channel: 'jobs', payload: '{"id": 1}' });
  });
});

describe('a statement under way', () => {
  const LONG = 'SELECT count(*) FROM range(200000) a, range(200000) b WHERE (a.range * b.range) % 7 = 3';

  async function keyOf(client: RawClient): Promise<Buffer> {
    client.send(startupMessage({ user: 'ada', database: 'default' }));
    const key = (await client.through('Z')).find(({ type }) => type === 'K');
    if (key === undefined) throw new Error('no BackendKeyData');
    return key.body;
  }

  it('is cancelled by whoever knows its secret, and the session goes on', async () => {
    const client = await server.raw();
    const key = await keyOf(client);
    client.send(query(LONG));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const stranger = await server.raw();
    const wrong = Buffer.from(key);
    wrong.writeInt32BE(wrong.readInt32BE(4) ^ 1, 4);
    stranger.send(packet(int32(80877102), wrong));
    await stranger.ended();
    const canceller = await server.raw();
    canceller.send(packet(int32(80877102), key));
    await canceller.ended();
    expect((await answer(client)).error).toMatchObject({
      C: '57014',
      M: 'canceling statement due to user request',
    });
    expect((await ask(client, 'SELECT 1')).rows).toEqual([['1']]);
  });

  it('is cancelled and its session ended by functions over pg_stat_activity', async () => {
    const client = await server.session({ application_name: 'victim' });
    const admin = await server.session();
    client.send(query('SELECT pg_sleep(20)'));
    const victim = "FROM pg_stat_activity WHERE application_name = 'victim'";
    while ((await ask(admin, `SELECT state ${victim}`)).rows[0]?.[0] !== 'active') continue;
    expect((await ask(admin, `SELECT pg_cancel_backend(pid) ${victim}`)).rows).toEqual([['t']]);
    expect((await answer(client)).error.C).toBe('57014');
    expect((await ask(admin, `SELECT pg_terminate_backend(pid) ${victim}`)).rows).toEqual([['t']]);
    expect(fields((await client.rest()).at(-1))).toMatchObject({ S: 'FATAL', C: '57P01' });
    expect((await ask(admin, 'SELECT pg_terminate_backend(999999)')).rows).toEqual([['f']]);
  });

  it('ends at its statement_timeout', async () => {
    const client = await server.session({ options: '-c statement_timeout=150ms' });
    const began = performance.now();
    expect((await ask(client, LONG)).error).toMatchObject({
      C: '57014',
      M: 'canceling statement due to statement timeout',
    });
    expect(performance.now() - began).toBeLessThan(5000);
    expect((await ask(client, 'SET statement_timeout = 0; SELECT 2')).rows).toEqual([['2']]);
  });

  it('ends when its client goes away, model calls included', async () => {
    const client = await server.session();
    await ask(client, "CREATE TABLE asked AS SELECT 'text ' || i AS d FROM range(50) r(i)");
    let aborted = 0;
    let begun: () => void = () => undefined;
    const calling = new Promise<void>((resolve) => (begun = resolve));
    server.engine.judge = (_call, signal) =>
      new Promise((_, reject) => {
        begun();
        signal.addEventListener('abort', () => {
          aborted += 1;
          reject(signal.reason as Error);
        });
      });
    client.send(query("SELECT * FROM asked WHERE d MEANS 'gone'"));
    await calling;
    client.destroy();
    while (aborted === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    server.engine.judge = () => true;
    expect(aborted).toBeGreaterThan(0);
  });

  it('does not keep other sessions waiting', async () => {
    const busy = await server.session({ options: '-c statement_timeout=1s' });
    const client = await server.session();
    busy.send(query(LONG));
    const began = performance.now();
    expect((await ask(client, 'SELECT 42')).rows).toEqual([['42']]);
    expect(performance.now() - began).toBeLessThan(900);
    await answer(busy);
  });
});

describe('a reader', () => {
  it('that takes a little at a time gets every row', async () => {
    const client = await server.session();
    const taken: number[] = [];
    client.send(query("SELECT i, repeat('x', 100) FROM range(20000) r(i)"));
    client.socket.pause();
    for (let frames = 0; frames < 5; frames += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      client.socket.resume();
      await new Promise((resolve) => setImmediate(resolve));
      client.socket.pause();
    }
    client.socket.resume();
    for (const frame of await client.through('Z')) {
      if (frame.type === 'D') taken.push(Number(cells(frame)[0]));
    }
    expect(taken).toEqual(Array.from({ length: 20_000 }, (_, at) => at));
  });

  it('that never reads stops the scan', async () => {
    const client = await server.session();
    client.socket.pause();
    const before = process.memoryUsage().rss;
    client.send(query("SELECT i, repeat('x', 1000) FROM range(10000000) r(i)"));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const grown = process.memoryUsage().rss - before;
    expect(grown).toBeLessThan(250 * 1024 * 1024);
    const other = await server.session();
    expect((await ask(other, 'SELECT 1')).rows).toEqual([['1']]);
    client.destroy();
  });
});

describe('semantic operators through drivers', () => {
  it('take the criterion as a parameter', async () => {
    const client = await server.pg();
    await client.query("CREATE TABLE goods AS SELECT 'item ' || i AS d FROM range(4) r(i)");
    server.engine.judge = ({ inputs }) =>
      String(inputs.text).endsWith('1') && inputs.criterion === 'the first';
    const { rows } = await client.query('SELECT d FROM goods WHERE d MEANS $1', ['the first']);
    expect(rows).toEqual([{ d: 'item 1' }]);
    const sql = server.postgres();
    expect(await sql`SELECT count(*)::int AS n FROM goods WHERE d NOT MEANS ${'the first'}`).toEqual([
      { n: 3 },
    ]);
    server.engine.judge = () => true;
  });
});
