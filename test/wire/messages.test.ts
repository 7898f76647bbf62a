import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type BackendFrame,
  bind,
  cells,
  close,
  describe as describeMessage,
  execute,
  fields,
  FLUSH,
  int32,
  message,
  parse,
  query,
  type RawClient,
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
afterEach(() => {
  expect(server.faults).toEqual([]);
});

function texts(frames: readonly BackendFrame[]): readonly (readonly (string | null)[])[] {
  return frames
    .filter(({ type }) => type === 'D')
    .map((row) => cells(row).map((cell) => cell?.toString() ?? null));
}

function tags(frames: readonly BackendFrame[]): readonly string[] {
  return frames.filter(({ type }) => type === 'C').map(({ body }) => body.toString().replace('\0', ''));
}

async function ask(client: RawClient, sql: string): Promise<readonly BackendFrame[]> {
  client.send(query(sql));
  return client.through('Z');
}

describe('the simple protocol', () => {
  it('answers several statements of one message in order', async () => {
    const client = await server.session();
    const frames = await ask(client, "SELECT 1 AS a; SELECT 'x' AS b, NULL AS c;");
    expect(types(frames)).toBe('TDCTDCZ');
    expect(texts(frames)).toEqual([['1'], ['x', null]]);
    expect(tags(frames)).toEqual(['SELECT 1', 'SELECT 1']);
  });

  it('answers nothing but space and comments with EmptyQueryResponse', async () => {
    const client = await server.session();
    expect(types(await ask(client, '  -- nothing\n /* at all */ ;; '))).toBe('IZ');
  });

  it('gives the tags of PostgreSQL', async () => {
    const client = await server.session();
    const tagOf = async (sql: string): Promise<string | undefined> => tags(await ask(client, sql))[0];
    expect(await tagOf('CREATE TABLE tagged (id INT, name VARCHAR)')).toBe('CREATE TABLE');
    expect(await tagOf("INSERT INTO tagged VALUES (1, 'a'), (2, 'b')")).toBe('INSERT 0 2');
    expect(await tagOf('INSERT INTO tagged SELECT 3, NULL RETURNING id')).toBe('INSERT 0 1');
    expect(await tagOf('UPDATE tagged SET id = id + 1')).toBe('UPDATE 3');
    expect(await tagOf('DELETE FROM tagged WHERE id = 2')).toBe('DELETE 1');
    expect(await tagOf('SELECT * FROM tagged')).toBe('SELECT 2');
    expect(await tagOf('CREATE TABLE copied AS SELECT * FROM tagged')).toBe('SELECT 2');
    expect(await tagOf('CREATE VIEW seen AS SELECT * FROM tagged')).toBe('CREATE VIEW');
    expect(await tagOf('CREATE UNIQUE INDEX by_id ON copied (id)')).toBe('CREATE INDEX');
    expect(await tagOf('CREATE SCHEMA other')).toBe('CREATE SCHEMA');
    expect(await tagOf('CREATE SEQUENCE numbers')).toBe('CREATE SEQUENCE');
    expect(await tagOf('ALTER TABLE tagged ADD COLUMN more INT')).toBe('ALTER TABLE');
    expect(await tagOf('DROP VIEW seen')).toBe('DROP VIEW');
    expect(await tagOf('DROP TABLE tagged')).toBe('DROP TABLE');
    expect(await tagOf('TRUNCATE copied')).toBe('TRUNCATE TABLE');
    expect(await tagOf('EXPLAIN SELECT 1')).toBe('EXPLAIN');
    expect(await tagOf('SET application_name = x')).toBe('SET');
    expect(await tagOf('SHOW application_name')).toBe('SHOW');
    expect(await tagOf('VALUES (1), (2)')).toBe('SELECT 2');
    expect(await tagOf('CHECKPOINT')).toBe('CHECKPOINT');
  });

  it('undoes the statements of one message together', async () => {
    const client = await server.session();
    await ask(client, 'CREATE TABLE together (id INT PRIMARY KEY)');
    const frames = await ask(
      client,
      'INSERT INTO together VALUES (1); INSERT INTO together VALUES (1); INSERT INTO together VALUES (2)',
    );
    expect(types(frames)).toBe('CEZ');
    expect(frames.at(-1)?.body.toString()).toBe('I');
    expect(texts(await ask(client, 'SELECT * FROM together'))).toEqual([]);
  });

  it('tells SQLSTATE and position in the text that was sent, behind an operator that was rewritten', async () => {
    const client = await server.session();
    const sql = "SELECT 'a' MEANS 'b',\n nowhere FROM range(1)";
    const error = (await ask(client, `SELECT 1; ${sql}`)).find(({ type }) => type === 'E');
    expect(fields(error)).toMatchObject({ S: 'ERROR', V: 'ERROR', C: '42703' });
    expect(Number(fields(error).P)).toBe(`SELECT 1; ${sql}`.indexOf('nowhere') + 1);
    const syntax = (await ask(client, 'SELEC 1')).find(({ type }) => type === 'E');
    expect(fields(syntax)).toMatchObject({ C: '42601', P: '1' });
  });

  it('says 42P01, 42883, 23505, 23502, 23514 and 22P02 where PostgreSQL does', async () => {
    const client = await server.session();
    await ask(client, 'CREATE TABLE strict (id INT PRIMARY KEY, n INT NOT NULL, c INT CHECK (c > 0))');
    await ask(client, 'INSERT INTO strict VALUES (1, 1, 1)');
    const codeOf = async (sql: string): Promise<string | undefined> =>
      fields((await ask(client, sql)).find(({ type }) => type === 'E')).C;
    expect(await codeOf('SELECT * FROM missing')).toBe('42P01');
    expect(await codeOf('SELECT missing(1)')).toBe('42883');
    expect(await codeOf('INSERT INTO strict VALUES (1, 1, 1)')).toBe('23505');
    expect(await codeOf('INSERT INTO strict VALUES (2, NULL, 1)')).toBe('23502');
    expect(await codeOf('INSERT INTO strict VALUES (3, 1, -1)')).toBe('23514');
    expect(await codeOf("SELECT CAST('x' || id AS INT) FROM strict")).toBe('22P02');
    expect(await codeOf('CREATE TABLE strict (id INT)')).toBe('42P07');
  });
});

describe('the extended protocol', () => {
  it('parses, binds, describes, executes and closes', async () => {
    const client = await server.session();
    client.send(
      parse('SELECT $1::INT + 1 AS n, $2 AS t', 's1', [0, 25]),
      describeMessage('S', 's1'),
      bind({ portal: 'p1', statement: 's1', values: ['41', 'x'] }),
      describeMessage('P', 'p1'),
      execute('p1'),
      close('P', 'p1'),
      close('S', 's1'),
      SYNC,
    );
    const frames = await client.through('Z');
    expect(fields(frames.find(({ type }) => type === 'E'))).toEqual({});
    expect(types(frames)).toBe('1tT2TDC33Z');
    const parameters = frames[1]?.body;
    expect([parameters?.readInt16BE(0), parameters?.readInt32BE(2), parameters?.readInt32BE(6)]).toEqual([
      2, 23, 25,
    ]);
    expect(texts(frames)).toEqual([['42', 'x']]);
  });

  it('gives rows in steps and suspends the portal between them', async () => {
    const client = await server.session();
    client.send(parse('SELECT i FROM range(5) t(i)'), bind({ portal: 'p' }), execute('p', 2), FLUSH);
    expect(texts([...(await client.through('s'))])).toEqual([['0'], ['1']]);
    client.send(execute('p', 2), FLUSH);
    expect(texts(await client.through('s'))).toEqual([['2'], ['3']]);
    client.send(execute('p', 2), SYNC);
    const frames = await client.through('Z');
    expect(texts(frames)).toEqual([['4']]);
    expect(tags(frames)).toEqual(['SELECT 1']);
  });

  it('keeps a suspended portal while other statements of the transaction run', async () => {
    const client = await server.session();
    await ask(client, 'BEGIN');
    client.send(parse('SELECT i FROM range(10000) t(i)'), bind({ portal: 'slow' }), execute('slow', 3), SYNC);
    expect(types(await client.through('Z'))).toBe('12DDDsZ');
    expect(texts(await ask(client, 'SELECT 7'))).toEqual([['7']]);
    client.send(execute('slow', 2), SYNC);
    expect(texts(await client.through('Z'))).toEqual([['3'], ['4']]);
    await ask(client, 'COMMIT');
    client.send(execute('slow', 2), SYNC);
    expect(fields((await client.through('Z'))[0]).C).toBe('34000');
  });

  it('moves in a portal and closes it by statements too, as if it were a cursor', async () => {
    const client = await server.session();
    await ask(client, 'BEGIN');
    client.send(parse('SELECT i FROM range(10) t(i)'), bind({ portal: 'p' }), execute('p', 2), SYNC);
    expect(types(await client.through('Z'))).toBe('12DDsZ');
    expect(tags(await ask(client, 'MOVE FORWARD 3 p'))).toEqual(['MOVE 3']);
    expect(texts(await ask(client, 'FETCH 1 FROM p'))).toEqual([['5']]);
    client.send(execute('p', 1), SYNC);
    expect(texts(await client.through('Z'))).toEqual([['6']]);
    expect(tags(await ask(client, 'CLOSE p'))).toEqual(['CLOSE CURSOR']);
    expect(fields((await ask(client, 'MOVE 1 IN p'))[0]).C).toBe('34000');
    await ask(client, 'ROLLBACK');
  });

  it('skips everything up to Sync after an error, and undoes what was before it', async () => {
    const client = await server.session();
    await ask(client, 'CREATE TABLE piped (id INT)');
    client.send(
      parse('INSERT INTO piped VALUES (1)'),
      bind(),
      execute(),
      parse('SELECT * FROM nowhere'),
      bind(),
      execute(),
      parse('INSERT INTO piped VALUES (2)'),
      bind(),
      execute(),
      SYNC,
      query('SELECT count(*) FROM piped'),
    );
    expect(types(await client.through('Z'))).toBe('12CEZ');
    expect(texts(await client.through('Z'))).toEqual([['0']]);
  });

  it('answers a hundred statements of one write in order', async () => {
    const client = await server.session();
    const messages = Array.from({ length: 100 }, (_, at) => [
      parse('SELECT $1::INT'),
      bind({ values: [String(at)] }),
      execute(),
      SYNC,
    ]);
    client.send(...messages.flat());
    for (let at = 0; at < 100; at += 1) expect(texts(await client.through('Z'))).toEqual([[String(at)]]);
  });

  it('refuses two statements in one Parse, unknown names, wrong counts and names that are taken', async () => {
    const client = await server.session();
    const codeOf = async (...messages: readonly Buffer[]): Promise<string | undefined> => {
      client.send(...messages, SYNC);
      return fields((await client.through('Z')).find(({ type }) => type === 'E')).C;
    };
    expect(await codeOf(parse('SELECT 1; SELECT 2'))).toBe('42601');
    expect(await codeOf(bind({ statement: 'nobody' }))).toBe('26000');
    expect(await codeOf(execute('nobody'))).toBe('34000');
    expect(await codeOf(parse('SELECT $1::INT'), bind())).toBe('08P01');
    expect(await codeOf(parse('SELECT 1', 'twice'), parse('SELECT 1', 'twice'))).toBe('42P05');
    expect(await codeOf(parse('SELECT $1::INT'), bind({ values: ['x'] }))).toBe('22P02');
    expect(await codeOf(parse('SELECT 1', '', [999_999]))).toBe('42704');
  });

  it('tells columns before anything is run, and no model is called for it', async () => {
    const client = await server.session();
    await ask(client, "CREATE TABLE judged AS SELECT 'x' AS d");
    const calls = server.engine.calls.length;
    client.send(parse('SELECT d, d MEANS $1 AS m FROM judged WHERE d MEANS $1'), describeMessage('S'), SYNC);
    const frames = await client.through('Z');
    expect(types(frames)).toBe('1tTZ');
    expect(frames[1]?.body.readInt32BE(2)).toBe(25);
    expect(server.engine.calls.length).toBe(calls);
    client.send(bind({ values: ['good'] }), execute(), SYNC);
    await client.through('Z');
  });

  it('tells the type that a cast gives to a parameter, where DuckDB would know it by another', async () => {
    const client = await server.session();
    const sql = "SELECT $1::oid = 1, 2 = ANY($2::oid[]), $3::name = 'a', $4::int4 + 1, $5 || 'x', $1";
    client.send(parse(sql), describeMessage('S'), SYNC);
    const described = (await client.through('Z')).find(({ type }) => type === 't')?.body;
    const oids = Array.from({ length: 5 }, (_, at) => described?.readInt32BE(2 + at * 4));
    expect(oids).toEqual([26, 1028, 19, 23, 25]);
  });

  it('runs an empty statement', async () => {
    const client = await server.session();
    client.send(parse(''), bind(), describeMessage('P'), execute(), SYNC);
    expect(types(await client.through('Z'))).toBe('12nIZ');
  });
});

describe('a failed transaction', () => {
  it('hears nothing but its end, and its COMMIT is a ROLLBACK', async () => {
    const client = await server.session();
    expect((await ask(client, 'BEGIN')).at(-1)?.body.toString()).toBe('T');
    expect((await ask(client, 'SELECT * FROM nowhere')).at(-1)?.body.toString()).toBe('E');
    const ignored = await ask(client, 'SELECT 1');
    expect(fields(ignored[0]).C).toBe('25P02');
    const ended = await ask(client, 'COMMIT');
    expect(tags(ended)).toEqual(['ROLLBACK']);
    expect(ended.at(-1)?.body.toString()).toBe('I');
  });

  it('takes isolation levels and modes, and refuses to write in a READ ONLY one', async () => {
    const client = await server.session();
    expect(
      tags(await ask(client, 'START TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE')),
    ).toEqual(['START TRANSACTION']);
    const refused = await ask(client, 'CREATE TABLE forbidden (id INT)');
    expect(fields(refused[0]).C).toBe('25006');
    await ask(client, 'ROLLBACK');
  });

  it('warns of a BEGIN within and of a COMMIT without', async () => {
    const client = await server.session();
    await ask(client, 'BEGIN');
    expect(fields((await ask(client, 'BEGIN'))[0])).toMatchObject({ S: 'WARNING', C: '25001' });
    await ask(client, 'COMMIT');
    expect(fields((await ask(client, 'COMMIT'))[0])).toMatchObject({ S: 'WARNING', C: '25P01' });
  });
});

describe('malformed bytes', () => {
  const broken: readonly (readonly [string, Buffer])[] = [
    ['an unknown type', message('?')],
    ['a length below its own', Buffer.concat([Buffer.from('Q'), int32(3)])],
    ['a length beyond the limit', Buffer.concat([Buffer.from('S'), int32(1_000_000)])],
  ];
  for (const [what, bytes] of broken) {
    it(`close that connection alone, with a FATAL 08P01: ${what}`, async () => {
      const other = await server.session();
      const client = await server.session();
      client.send(bytes);
      const frames = await client.rest();
      expect(fields(frames.at(-1))).toMatchObject({ S: 'FATAL', C: '08P01' });
      expect(texts(await ask(other, 'SELECT 1'))).toEqual([['1']]);
      other.destroy();
    });
  }

  it.each<[string, Buffer]>([
    ['a query without its end', message('Q', Buffer.from('SELECT 1'))],
    ['a Bind that is cut off', message('B', Buffer.from('\0\0\0'))],
    [
      'a Bind with a negative length',
      message('B', Buffer.from('\0\0\0\0\0\x01\xff\xff\xff\xf0\0\0', 'latin1')),
    ],
    ['an Execute with too much', message('E', Buffer.from('\0\0\0\0\0\0\0'))],
  ])(
    'within a true length are an error of that message alone, as in PostgreSQL: %s',
    async (_what, bytes) => {
      const client = await server.session();
      client.send(bytes, SYNC);
      const frames = await client.through('Z');
      expect(fields(frames[0])).toMatchObject({ S: 'ERROR', C: '08P01' });
      if (bytes[0] === 'Q'.charCodeAt(0)) await client.through('Z');
      expect(texts(await ask(client, 'SELECT 1'))).toEqual([['1']]);
    },
  );

  it('in a Sync end what was skipped before it', async () => {
    const client = await server.session();
    client.send(parse('SELECT * FROM nowhere'), message('S', Buffer.of(0)));
    expect(types(await client.through('Z'))).toBe('EEZ');
    expect(texts(await ask(client, 'SELECT 1'))).toEqual([['1']]);
  });

  it('that are no UTF-8 are an error of the statement alone', async () => {
    const client = await server.session();
    client.send(message('Q', Buffer.from([0x53, 0xff, 0xfe, 0])));
    expect(fields((await client.through('Z'))[0])).toMatchObject({ S: 'ERROR', C: '22021' });
    expect(texts(await ask(client, "SELECT 'é😀'"))).toEqual([['é😀']]);
  });
});
