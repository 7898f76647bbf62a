import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cells, fields, message, query, type RawClient, types } from './support/raw-client.ts';
import { ServerFixture } from './support/server-fixture.ts';

let server: ServerFixture;
let client: RawClient;
beforeAll(async () => {
  server = await ServerFixture.open();
  client = await server.session();
});
afterAll(async () => {
  await server.close();
});

interface Answer {
  readonly types: string;
  readonly tag: string | undefined;
  readonly error: Readonly<Record<string, string>>;
  readonly data: Buffer;
  readonly rows: readonly (readonly (string | null)[])[];
}

async function answer(): Promise<Answer> {
  const frames = await client.through('Z');
  return {
    types: types(frames),
    tag: frames
      .find(({ type }) => type === 'C')
      ?.body.toString()
      .replace('\0', ''),
    error: fields(frames.find(({ type }) => type === 'E')),
    data: Buffer.concat(frames.filter(({ type }) => type === 'd').map(({ body }) => body)),
    rows: frames
      .filter(({ type }) => type === 'D')
      .map((row) => cells(row).map((cell) => cell?.toString() ?? null)),
  };
}

async function ask(sql: string): Promise<Answer> {
  client.send(query(sql));
  return answer();
}

/** Sends `data` in pieces of `size` bytes. */
async function copyIn(sql: string, data: string | Buffer, size = 7): Promise<Answer> {
  client.send(query(sql));
  const ready = await client.next();
  if (ready.type !== 'G') throw new Error(`${ready.type}: ${JSON.stringify(fields(ready))}`);
  const bytes = Buffer.from(data);
  for (let at = 0; at < bytes.length; at += size) client.send(message('d', bytes.subarray(at, at + size)));
  client.send(message('c'));
  return answer();
}

describe('COPY FROM STDIN', () => {
  it('takes the text format with escapes and NULLs', async () => {
    await ask('CREATE TABLE texts (id INT, t VARCHAR, d DATE)');
    const data = '1\ta\\tb\\\\c\\nd\t2024-01-02\n2\t\\N\t\\N\n3\té\\x41\\101\\\n!\t0044-03-15 BC\n\\.\n';
    expect((await copyIn('COPY texts FROM STDIN', data)).tag).toBe('COPY 3');
    expect((await ask('SELECT * FROM texts ORDER BY id')).rows).toEqual([
      ['1', 'a\tb\\c\nd', '2024-01-02'],
      ['2', null, null],
      ['3', 'éAA\n!', '0044-03-15 BC'],
    ]);
  });

  it('takes CSV with quotes, newlines, a header and columns in another order', async () => {
    await ask('CREATE TABLE csvs (id INT, t VARCHAR, n DECIMAL(10,2))');
    const data = 'T,Id\r\n"a ""quoted"", with\nnewline",1\r\n,2\r\n"",3\r\n';
    expect((await copyIn('COPY csvs (t, id) FROM STDIN WITH (FORMAT csv, HEADER)', data)).tag).toBe('COPY 3');
    expect((await ask('SELECT id, t, n FROM csvs ORDER BY id')).rows).toEqual([
      ['1', 'a "quoted", with\nnewline', null],
      ['2', null, null],
      ['3', '', null],
    ]);
  });

  it('takes the older syntax with another delimiter and NULL', async () => {
    await ask('CREATE TABLE older (a INT, b VARCHAR)');
    expect(
      (await copyIn("COPY older FROM STDIN WITH CSV DELIMITER ';' NULL 'nil'", '1;x\n2;nil\n')).tag,
    ).toBe('COPY 2');
    expect((await ask('SELECT * FROM older ORDER BY a')).rows).toEqual([
      ['1', 'x'],
      ['2', null],
    ]);
  });

  it('takes every type by its PostgreSQL text', async () => {
    await ask(
      'CREATE TABLE every (b BOOLEAN, i BIGINT, f DOUBLE, n DECIMAL(12,3), y BLOB, t TIME, s TIMESTAMP, z TIMESTAMPTZ, v INTERVAL, u UUID, a INT[], x VARCHAR[], h HUGEINT)',
    );
    const row = [
      't',
      '-9223372036854775808',
      'Infinity',
      '-123.450',
      '\\\\x00ff',
      '04:05:06.5',
      '2024-01-02 03:04:05',
      '2024-01-02 03:04:05+02',
      '1 mon -2 days +03:00:00',
      '550e8400-e29b-41d4-a716-446655440000',
      '{1,NULL,3}',
      '{a,"b c"}',
      '170141183460469231731687303715884105727',
    ];
    expect((await copyIn('COPY every FROM STDIN', `${row.join('\t')}\n`)).tag).toBe('COPY 1');
    const out = await ask('COPY every TO STDOUT');
    expect(out.data.toString()).toBe(`${row.join('\t')}\n`.replace('03:04:05+02', '01:04:05+00'));
  });

  it('takes back in binary what it gave out in binary', async () => {
    await ask(
      "CREATE TABLE source AS SELECT i::INT AS id, 'text ' || i AS t, (i / 3.0)::DECIMAL(10,4) AS n, [i, NULL] AS a, CASE WHEN i % 2 = 0 THEN NULL ELSE TIMESTAMP '2024-01-01' + to_days(i::INT) END AS s FROM range(3000) r(i)",
    );
    await ask('CREATE TABLE target AS SELECT * FROM source LIMIT 0');
    const out = await ask('COPY source TO STDOUT (FORMAT binary)');
    expect(out.tag).toBe('COPY 3000');
    expect((await copyIn('COPY target FROM STDIN (FORMAT binary)', out.data, 1000)).tag).toBe('COPY 3000');
    expect(
      (await ask('SELECT count(*) FROM (SELECT * FROM source EXCEPT SELECT * FROM target)')).rows,
    ).toEqual([['0']]);
  });

  it('takes 100,000 rows and keeps their order', async () => {
    await ask('CREATE TABLE large (id INT, t VARCHAR)');
    const data = Array.from({ length: 100_000 }, (_, at) => `${at}\trow ${at}\n`).join('');
    expect((await copyIn('COPY large FROM STDIN', data, 8192)).tag).toBe('COPY 100000');
    expect((await ask('SELECT count(*), sum(id), min(t) FROM large')).rows[0]?.slice(0, 2)).toEqual([
      '100000',
      '4999950000',
    ]);
  });

  it('keeps nothing of a COPY that fails, names the line, and goes on with the session', async () => {
    await ask('CREATE TABLE nothing (id INT)');
    const failed = await copyIn('COPY nothing FROM STDIN', '1\n2\nthree\n4\n');
    expect(failed.error).toMatchObject({ C: '22P02' });
    expect(failed.error.D).toContain('line 3, column id');
    expect((await ask('SELECT count(*) FROM nothing')).rows).toEqual([['0']]);
    const short = await copyIn('COPY texts FROM STDIN', '1\tx\n');
    expect(short.error).toMatchObject({ C: '22P04', M: 'missing data for column "d"' });
    const long = await copyIn('COPY nothing FROM STDIN', '1\t2\n');
    expect(long.error).toMatchObject({ C: '22P04' });
  });

  it('gives up on CopyFail', async () => {
    client.send(query('COPY nothing FROM STDIN'));
    await client.next();
    client.send(message('d', Buffer.from('1\n')), message('f', Buffer.from('changed my mind\0')));
    const failed = await answer();
    expect(failed.error).toMatchObject({ C: '57014', M: 'COPY from stdin failed: changed my mind' });
    expect((await ask('SELECT count(*) FROM nothing')).rows).toEqual([['0']]);
  });

  it('refuses unknown tables, formats and options', async () => {
    expect((await ask('COPY nowhere FROM STDIN')).error).toMatchObject({ C: '42P01' });
    expect((await ask('COPY nothing FROM STDIN (FORMAT xml)')).error).toMatchObject({ C: '22023' });
    expect((await ask('COPY nothing FROM STDIN (COLOUR red)')).error).toMatchObject({ C: '42601' });
  });
});

describe('COPY TO STDOUT', () => {
  it('gives text with escapes', async () => {
    const out = await ask(`COPY (SELECT E'a\\tb\\\\c\\nd' AS t, NULL AS n, true AS b) TO STDOUT`);
    expect(out.types).toBe('HdcCZ');
    expect(out.data.toString()).toBe('a\\tb\\\\c\\nd\t\\N\tt\n');
    expect(out.tag).toBe('COPY 1');
  });

  it('gives CSV with a header and forced quotes', async () => {
    const sql = `COPY (SELECT 1 AS id, 'a,"b"' AS t, '' AS e, NULL::VARCHAR AS n) TO STDOUT (FORMAT csv, HEADER, FORCE_QUOTE (id))`;
    expect((await ask(sql)).data.toString()).toBe('id,t,e,n\n"1","a,""b""","",\n');
  });

  it('evaluates semantic operators of its query', async () => {
    await ask("CREATE TABLE judged AS SELECT 'yes' AS d");
    const out = await ask("COPY (SELECT d, d MEANS 'good' AS m FROM judged) TO STDOUT");
    expect(out.data.toString()).toBe('yes\tt\n');
  });
});
