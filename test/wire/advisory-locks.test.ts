import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cells, fields, query, type RawClient } from './support/raw-client.ts';
import { ServerFixture } from './support/server-fixture.ts';

let server: ServerFixture;
beforeAll(async () => {
  server = await ServerFixture.open();
});
afterAll(async () => {
  await server.close();
});

async function answer(client: RawClient): Promise<string | undefined> {
  const frames = await client.through('Z');
  const error = fields(frames.find(({ type }) => type === 'E')).C;
  const row = frames.find(({ type }) => type === 'D');
  return error ?? (row === undefined ? undefined : cells(row).map(String).join());
}

async function ask(client: RawClient, sql: string): Promise<string | undefined> {
  client.send(query(sql));
  return answer(client);
}

describe('an advisory lock', () => {
  it('is waited for, in the order of two, and given back', async () => {
    const first = await server.session();
    const second = await server.session();
    expect(await ask(first, 'SELECT pg_advisory_lock(7)')).toBe('');
    expect(
      await ask(
        second,
        'SELECT pg_try_advisory_lock(7), pg_try_advisory_lock(8), pg_try_advisory_lock(7, 0)',
      ),
    ).toBe('false,true,true'.replaceAll('true', 't').replaceAll('false', 'f'));
    let got = false;
    second.send(query('SELECT pg_advisory_lock(7)'));
    const waiting = answer(second).then((row) => {
      got = true;
      return row;
    });
    expect(await ask(first, 'SELECT 1')).toBe('1');
    expect(got).toBe(false);
    expect(await ask(first, 'SELECT pg_advisory_unlock(7)')).toBe('t');
    expect(await waiting).toBe('');
    expect(await ask(first, 'SELECT pg_try_advisory_lock(7)')).toBe('f');
    expect(await ask(second, 'SELECT pg_advisory_unlock(7), pg_advisory_unlock(7)')).toBe('t,f');
    first.destroy();
    second.destroy();
  });

  it('ends with its transaction or its session, and is shared by those who share it', async () => {
    const first = await server.session();
    const second = await server.session();
    await ask(first, 'BEGIN; SELECT pg_advisory_xact_lock(1)');
    expect(await ask(second, 'SELECT pg_try_advisory_xact_lock(1)')).toBe('f');
    await ask(first, 'COMMIT');
    expect(await ask(second, 'SELECT pg_try_advisory_lock_shared(1)')).toBe('t');
    expect(await ask(first, 'SELECT pg_try_advisory_lock_shared(1), pg_try_advisory_lock(1)')).toBe('t,f');
    first.send(query('SELECT pg_advisory_lock(1)'));
    second.destroy();
    expect(await answer(first)).toBe('');
    expect(await ask(first, 'SELECT pg_advisory_unlock_all()')).toBe('');
    const third = await server.session();
    expect(await ask(third, 'SELECT pg_try_advisory_lock(1)')).toBe('t');
    third.destroy();
    first.destroy();
  });

  it('that is waited for ends with the statement that waits', async () => {
    const first = await server.session();
    const second = await server.session({ options: '-c statement_timeout=100ms' });
    await ask(first, 'SELECT pg_advisory_lock(5)');
    expect(await ask(second, 'SELECT pg_advisory_lock(5)')).toBe('57014');
    expect(await ask(second, 'SELECT 1')).toBe('1');
    await ask(first, 'DISCARD ALL');
    expect(await ask(second, 'SELECT pg_advisory_lock(5)')).toBe('');
    first.destroy();
    second.destroy();
  });
});
