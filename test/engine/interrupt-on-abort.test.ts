import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { interruptOnAbort } from '../../src/server/engine/interrupt-on-abort.ts';

const ENDLESS = 'SELECT count(*) FROM range(1000000) a, range(1000000) b';

describe('an abort', () => {
  let instance: DuckDBInstance;

  beforeEach(async () => {
    instance = await DuckDBInstance.create(':memory:');
  });
  afterEach(() => instance.closeSync());

  it('stops the query that comes after it too, and none once the statement has ended', async () => {
    const connection = await instance.connect();
    const controller = new AbortController();
    const done = interruptOnAbort(connection, controller.signal);
    controller.abort();
    await connection.run('SELECT 1');
    await expect(connection.run(ENDLESS)).rejects.toThrow(/interrupt/i);
    done();
    const rows = await (await connection.run('SELECT sum(range) FROM range(10000000)')).getRows();
    expect(rows).toEqual([[49999995000000n]]);
    connection.closeSync();
  });
});
