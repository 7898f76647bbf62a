import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LogBatch } from '../../src/training/log/log-batch.ts';
import { LogSpool } from '../../src/training/log/log-spool.ts';

interface Write {
  readonly rows: readonly number[];
  readonly token: string;
}

/** A batch whose writes are recorded; those for which `fails` says so are rejected after they were recorded. */
function recordedBatch(options: {
  rows?: number;
  milliseconds?: number;
  fails?: (write: number) => boolean;
  spool?: LogSpool<number>;
}) {
  const writes: Write[] = [];
  const troubles: string[] = [];
  const batch = new LogBatch<number>({
    rows: options.rows ?? 3,
    milliseconds: options.milliseconds ?? 20,
    write: async (rows, token) => {
      writes.push({ rows, token });
      await sleep(1);
      if (options.fails?.(writes.length) === true) throw new Error('store is down');
    },
    onTrouble: (error) => troubles.push(error.message),
    ...(options.spool === undefined ? {} : { spool: options.spool }),
  });
  return { batch, writes, troubles };
}

test('rows are written together when there are enough, when they have waited, and on flush, in order', async () => {
  const { batch, writes } = recordedBatch({});
  for (const row of [1, 2, 3]) batch.add(row);
  await sleep(10);
  expect(writes.map((write) => write.rows)).toEqual([[1, 2, 3]]);
  batch.add(4);
  await expect.poll(() => writes.length).toBe(2);
  batch.add(5);
  await batch.flush();
  expect(writes.map((write) => write.rows)).toEqual([[1, 2, 3], [4], [5]]);
});

test('a write that fails is repeated under its token before any other row is written', async () => {
  const { batch, writes, troubles } = recordedBatch({ fails: (write) => write <= 2 });
  batch.add(1);
  const flushed = batch.flush();
  await sleep(0);
  batch.add(2);
  await flushed;
  await batch.flush();
  expect(writes.map((write) => write.rows)).toEqual([[1], [1], [1], [2]]);
  expect(new Set(writes.slice(0, 3).map((write) => write.token)).size).toBe(1);
  expect(writes[3]?.token).not.toBe(writes[0]?.token);
  expect(troubles).toEqual([]);
});

test('a flush waits for the rows before it, not for those that keep coming', async () => {
  const { batch, writes } = recordedBatch({});
  let coming = true;
  const others = (async () => {
    for (let row = 2; coming && row < 1_000; row += 1) {
      batch.add(row);
      await sleep(0);
    }
  })();
  batch.add(1);
  await batch.flush();
  expect(writes.length).toBeLessThanOrEqual(2);
  coming = false;
  await others;
  await batch.close();
});

test('a store that stays down is told once, keeps the rows, and gets them when it is back', async () => {
  let down = true;
  const { batch, writes, troubles } = recordedBatch({ rows: 1, fails: () => down });
  batch.add(1);
  batch.add(2);
  await expect(batch.flush()).rejects.toThrow('store is down');
  await expect(batch.flush()).rejects.toThrow('store is down');
  expect(troubles).toEqual(['store is down']);
  down = false;
  writes.length = 0;
  await batch.close();
  expect(writes.flatMap((write) => write.rows)).toEqual([1, 2]);
});

test('rows that were given up are reported by the next flush', async () => {
  const { batch } = recordedBatch({});
  await batch.close();
  batch.add(1);
  await expect(batch.flush()).rejects.toMatchObject({
    code: '58030',
    message: expect.stringContaining('1 rows'),
  });
  await batch.flush();
});

test('rows that a store did not take are on disk, and the next process writes them first, in order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rvbbit-spool-'));
  const files = async () => (await readdir(folder)).length;
  const first = recordedBatch({ rows: 2, fails: () => true, spool: await LogSpool.open<number>(folder) });
  for (const row of [1, 2, 3]) first.batch.add(row);
  await expect(first.batch.flush()).rejects.toThrow('store is down');
  first.batch.add(4);
  await expect.poll(files, { timeout: 5000 }).toBe(2);
  await first.batch.close();
  expect(first.troubles.at(-1)).toBe('4 rows are kept on disk until the next start: store is down');

  let down = true;
  const second = recordedBatch({ fails: () => down, spool: await LogSpool.open<number>(folder) });
  second.batch.add(5);
  await expect(second.batch.flush()).rejects.toThrow('store is down');
  down = false;
  await second.batch.flush();
  const tokens = new Map(second.writes.map((write) => [write.token, write.rows]));
  expect([...tokens.values()].flat()).toEqual([1, 2, 3, 4, 5]);
  expect(tokens.has(first.writes[0]?.token ?? '')).toBe(true);
  expect(await files()).toBe(0);
  await rm(folder, { recursive: true });
});

test('a row is on disk within a second while the store hangs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rvbbit-spool-'));
  const batch = new LogBatch<number>({
    rows: 10,
    milliseconds: 20,
    write: () => new Promise<never>(() => undefined),
    onTrouble: () => undefined,
    spool: await LogSpool.open<number>(folder),
  });
  batch.add(1);
  await sleep(300);
  batch.add(2);
  await sleep(1000);
  expect((await LogSpool.open<number>(folder)).left.flatMap(({ rows }) => rows)).toEqual([1, 2]);
  await rm(folder, { recursive: true });
});
