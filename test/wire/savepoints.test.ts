import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  bind,
  cells,
  execute,
  fields,
  FLUSH,
  message,
  parse,
  query,
  type RawClient,
  SYNC,
} from './support/raw-client.ts';
import { ServerFixture } from './support/server-fixture.ts';

let server: ServerFixture;
let client: RawClient;
beforeAll(async () => {
  server = await ServerFixture.open();
});
beforeEach(async () => {
  client = await server.session();
  await ask('DROP TABLE IF EXISTS steps; CREATE TABLE steps (id INT PRIMARY KEY, t TEXT)');
});
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.close();
});

interface Answer {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly tags: readonly string[];
  readonly error: Readonly<Record<string, string>>;
  readonly reported: readonly string[];
  readonly status: string | undefined;
}

async function answer(of: RawClient = client): Promise<Answer> {
  const frames = await of.through('Z');
  const kind = (letter: string) => frames.filter(({ type }) => type === letter);
  return {
    rows: kind('D').map((row) => cells(row).map((cell) => cell?.toString() ?? null)),
    tags: kind('C').map(({ body }) => body.toString().replace('\0', '')),
    error: fields(kind('E')[0]),
    reported: kind('S').map(({ body }) => body.toString().replace('\0', '=').replace('\0', '')),
    status: frames.at(-1)?.body.toString(),
  };
}

async function ask(sql: string, of: RawClient = client): Promise<Answer> {
  of.send(query(sql));
  return answer(of);
}

/** The ids in the table, as any session sees them. */
async function ids(): Promise<readonly (string | null | undefined)[]> {
  return (await ask('SELECT id FROM steps ORDER BY id')).rows.map(([id]) => id);
}

describe('a savepoint', () => {
  it('takes a failed statement back and keeps what came before it', async () => {
    await ask("BEGIN; INSERT INTO steps VALUES (1, 'one')");
    expect((await ask('SAVEPOINT a')).tags).toEqual(['SAVEPOINT']);
    const failed = await ask("INSERT INTO steps VALUES (1, 'again')");
    expect([failed.error.C, failed.status]).toEqual(['23505', 'E']);
    const back = await ask('ROLLBACK TO SAVEPOINT a');
    expect([back.tags, back.status]).toEqual([['ROLLBACK'], 'T']);
    await ask("UPDATE steps SET t = 'updated' WHERE id = 1");
    expect((await ask('COMMIT')).tags).toEqual(['COMMIT']);
    expect((await ask('SELECT * FROM steps')).rows).toEqual([['1', 'updated']]);
  });

  it('takes back what succeeded since: rows, tables, columns, settings and words not yet said', async () => {
    const listener = await server.session();
    await ask('LISTEN news', listener);
    await ask(
      "SET application_name = 'before'; BEGIN; INSERT INTO steps VALUES (1, 'one'); NOTIFY news, 'kept'",
    );
    await ask(`SAVEPOINT a; INSERT INTO steps VALUES (2, 'two'); UPDATE steps SET t = 'x'; CREATE TABLE since (id INT);
      ALTER TABLE steps ADD COLUMN more INT; SET application_name = 'after'; NOTIFY news, 'dropped'`);
    const back = await ask('ROLLBACK TO a');
    expect(back.reported).toEqual(['application_name=before']);
    expect((await ask('SELECT * FROM steps')).rows).toEqual([['1', 'one']]);
    expect((await ask('SAVEPOINT b; SELECT * FROM since')).error.C).toBe('42P01');
    await ask('ROLLBACK TO b; COMMIT');
    expect(await ids()).toEqual(['1']);
    expect((await listener.next()).body.subarray(4).toString()).toBe('news\0kept\0');
    expect((await ask('SELECT 1', listener)).rows).toEqual([['1']]);
  });

  it('is released, nested, named twice, and gone with the one before it', async () => {
    await ask(
      "BEGIN; SAVEPOINT a; INSERT INTO steps VALUES (1, ''); SAVEPOINT a; INSERT INTO steps VALUES (2, '')",
    );
    await ask('ROLLBACK TO a');
    expect(await ids()).toEqual(['1']);
    expect((await ask('RELEASE a')).tags).toEqual(['RELEASE']);
    await ask("INSERT INTO steps VALUES (3, ''); SAVEPOINT b; INSERT INTO steps VALUES (4, '')");
    await ask('ROLLBACK TO SAVEPOINT a');
    expect(await ids()).toEqual([]);
    const gone = await ask('ROLLBACK TO b');
    expect([gone.error.C, gone.error.M]).toEqual(['3B001', 'savepoint "b" does not exist']);
    await ask("ROLLBACK TO a; INSERT INTO steps VALUES (5, ''); COMMIT");
    expect(await ids()).toEqual(['5']);
  });

  it('comes back to itself as often as it is asked', async () => {
    await ask("BEGIN; INSERT INTO steps VALUES (1, ''); SAVEPOINT a");
    for (let time = 0; time < 3; time += 1) {
      await ask("INSERT INTO steps VALUES (2, ''); INSERT INTO steps VALUES (2, '')");
      expect((await ask('ROLLBACK TO a')).tags).toEqual(['ROLLBACK']);
    }
    await ask('COMMIT');
    expect(await ids()).toEqual(['1']);
  });

  it('runs statements with parameters again, and the same RETURNING is the same row', async () => {
    client.send(
      query('BEGIN'),
      parse('INSERT INTO steps VALUES ($1, $2) RETURNING id, t', 'insert'),
      bind({ statement: 'insert', values: ['7', 'seven'], results: [1] }),
      execute(),
      SYNC,
    );
    await answer();
    expect((await answer()).tags).toEqual(['INSERT 0 1']);
    await ask('SAVEPOINT a');
    client.send(bind({ statement: 'insert', values: ['7', 'again'] }), execute(), SYNC);
    expect((await answer()).error.C).toBe('23505');
    client.send(parse('ROLLBACK TO a'), bind(), execute(), SYNC);
    expect((await answer()).tags).toEqual(['ROLLBACK']);
    await ask('COMMIT');
    expect((await ask('SELECT * FROM steps')).rows).toEqual([['7', 'seven']]);
  });

  it('gives the same serials again, and leaves a gap where rows were taken back', async () => {
    await ask('DROP TABLE IF EXISTS authors; CREATE TABLE authors (id SERIAL PRIMARY KEY, name TEXT UNIQUE)');
    await ask("INSERT INTO authors (name) VALUES ('Ada')");
    expect((await ask("BEGIN; INSERT INTO authors (name) VALUES ('Grace') RETURNING id")).rows).toEqual([
      ['2'],
    ]);
    await ask('SAVEPOINT a');
    expect((await ask("INSERT INTO authors (name) VALUES ('Ada')")).error.C).toBe('23505');
    expect((await ask('ROLLBACK TO a')).tags).toEqual(['ROLLBACK']);
    await ask("INSERT INTO authors (name) VALUES ('Alan')");
    expect((await ask('COMMIT')).tags).toEqual(['COMMIT']);
    const rows = (await ask('SELECT name, id FROM authors ORDER BY id')).rows;
    expect(rows.map(([name]) => name)).toEqual(['Ada', 'Grace', 'Alan']);
    expect(rows.slice(0, 2).map(([, id]) => id)).toEqual(['1', '2']);
    expect(Number(rows[2]?.[1])).toBeGreaterThan(2);
  });

  it('never gives a serial that another session has drawn in between', async () => {
    const other = await server.session();
    await ask('DROP TABLE IF EXISTS writers; CREATE TABLE writers (id SERIAL, name TEXT UNIQUE)');
    await ask("BEGIN; INSERT INTO writers (name) VALUES ('a')");
    expect((await ask("SELECT nextval('writers_id_seq')", other)).rows).toEqual([['2']]);
    await ask(
      "INSERT INTO writers (name) VALUES ('b'); SAVEPOINT a; INSERT INTO writers (name) VALUES ('b')",
    );
    expect((await ask('ROLLBACK TO a')).tags).toEqual(['ROLLBACK']);
    await ask('COMMIT');
    const ids = (await ask('SELECT id FROM writers')).rows.map(([id]) => Number(id));
    expect(ids).toHaveLength(2);
    expect(ids).not.toContain(2);
  });

  it('undoes nothing where nothing was changed since: what was read is not read again', async () => {
    await ask('BEGIN; SAVEPOINT a');
    const before = (await ask('SELECT random(), txid_current()')).rows;
    await ask('SELECT nowhere');
    expect((await ask('ROLLBACK TO a')).tags).toEqual(['ROLLBACK']);
    expect((await ask('SELECT txid_current()')).rows[0]?.[0]).toBe(before[0]?.[1]);
    await ask('COMMIT');
  });

  it('refuses with 40001 where what the client was told would not be so any more', async () => {
    await ask('BEGIN; INSERT INTO steps VALUES (1, random()::text) RETURNING t; SAVEPOINT a');
    await ask("INSERT INTO steps VALUES (1, '')");
    const refused = await ask('ROLLBACK TO a');
    expect(refused.error).toMatchObject({ C: '40001' });
    expect(refused.error.D).toMatch(/INSERT INTO steps.*its rows are no longer those that were given/);
    expect(refused.status).toBe('E');
    expect((await ask('COMMIT')).tags).toEqual(['ROLLBACK']);
    expect(await ids()).toEqual([]);
  });

  it('refuses with 40001 where another session changed what was read', async () => {
    const other = await server.session();
    await ask("INSERT INTO steps VALUES (1, 'old')");
    await ask('BEGIN; SELECT t FROM steps; SAVEPOINT a');
    await ask("UPDATE steps SET t = 'new'", other);
    await ask("INSERT INTO steps VALUES (2, ''); INSERT INTO steps VALUES (2, '')");
    expect((await ask('ROLLBACK TO a')).error.C).toBe('40001');
    await ask('ROLLBACK');
  });

  it('refuses with 0A000 and the reason where a COPY came before it', async () => {
    await ask('BEGIN');
    client.send(query('COPY steps FROM STDIN'), message('d', Buffer.from('1\tone\n')), message('c'));
    expect((await answer()).tags).toEqual(['COPY 1']);
    await ask("SAVEPOINT a; INSERT INTO steps VALUES (1, '')");
    const refused = await ask('ROLLBACK TO a');
    expect(refused.error).toMatchObject({
      C: '0A000',
      M: 'cannot roll back to savepoint "a": COPY cannot be run again',
    });
    await ask('ROLLBACK');
    await ask('BEGIN; SAVEPOINT b');
    client.send(query('COPY steps FROM STDIN'), message('d', Buffer.from('1\tone\n1\ttwo\n')), message('c'));
    expect((await answer()).error.C).toBe('23505');
    expect((await ask('ROLLBACK TO b')).tags).toEqual(['ROLLBACK']);
    await ask('COMMIT');
  });

  it('closes the cursors and portals that were opened since', async () => {
    await ask('BEGIN; DECLARE old CURSOR FOR SELECT i FROM range(5000) r(i); SAVEPOINT a');
    await ask('DECLARE young CURSOR FOR SELECT 1');
    client.send(parse('SELECT i FROM range(9) r(i)'), bind({ portal: 'p' }), execute('p', 1), FLUSH);
    await client.through('s');
    client.send(SYNC);
    await answer();
    await ask('ROLLBACK TO a');
    expect((await ask('SAVEPOINT b; FETCH 1 FROM young')).error.C).toBe('34000');
    await ask('ROLLBACK TO b');
    expect((await ask('FETCH 1 FROM old')).rows).toEqual([['0']]);
    client.send(execute('p', 1), SYNC);
    expect((await answer()).error.C).toBe('34000');
    await ask('ROLLBACK');
  });

  it('needs a block, and a failed one hears ROLLBACK TO alone', async () => {
    expect((await ask('SAVEPOINT a')).error.C).toBe('25P01');
    expect((await ask('SELECT 1; SAVEPOINT a')).error.C).toBe('25P01');
    expect((await ask('ROLLBACK TO a')).error.C).toBe('25P01');
    await ask('BEGIN; SAVEPOINT a; SELECT nowhere');
    expect((await ask('SAVEPOINT b')).error.C).toBe('25P02');
    expect((await ask('RELEASE a')).error.C).toBe('25P02');
    expect((await ask('ROLLBACK TRANSACTION TO SAVEPOINT nothing')).error.C).toBe('3B001');
    expect((await ask('ROLLBACK WORK TO a')).status).toBe('T');
    await ask('ROLLBACK');
    expect((await ask('BEGIN; ROLLBACK TO a')).error.C).toBe('3B001');
    await ask('ROLLBACK');
  });

  it('asks no model again', async () => {
    await ask("INSERT INTO steps VALUES (1, 'bamboo'), (2, 'plastic')");
    await ask("BEGIN; UPDATE steps SET t = t || '!' WHERE t MEANS 'good'; SAVEPOINT a");
    const calls = server.engine.calls.length;
    await ask("INSERT INTO steps VALUES (1, '')");
    expect((await ask('ROLLBACK TO a')).tags).toEqual(['ROLLBACK']);
    expect(server.engine.calls.length).toBe(calls);
    await ask('COMMIT');
    expect((await ask('SELECT t FROM steps ORDER BY id')).rows).toEqual([['bamboo!'], ['plastic!']]);
  });

  it('is released after every one of two hundred statements', async () => {
    await ask('BEGIN');
    for (let at = 0; at < 200; at += 1)
      client.send(query(`SAVEPOINT s; INSERT INTO steps VALUES (${at}, ''); RELEASE s`));
    for (let at = 0; at < 200; at += 1) expect((await answer()).tags).toHaveLength(3);
    await ask("SAVEPOINT last; INSERT INTO steps VALUES (1, '')");
    await ask('ROLLBACK TO last; COMMIT');
    expect((await ids()).length).toBe(200);
  });
});
