import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `refuse` closes every connection, `hang` answers nothing, `slow` takes 150 ms, `full` has no room for a write. */
export type StoreFault = 'none' | 'refuse' | 'hang' | 'slow' | 'full';

/** ClickHouse's HTTP interface over the embedded engine, in a process of its own: what RVBBIT_CLICKHOUSE_URL names. */
export class ClickHouseEndpoint {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  static async start(): Promise<ClickHouseEndpoint> {
    const folder = await mkdtemp(join(tmpdir(), 'rvbbit-clickhouse-'));
    const child = fork(new URL('clickhouse-endpoint.mjs', import.meta.url), [join(folder, 'data')], {
      execArgv: [],
    });
    const [port] = (await once(child, 'message')) as [number];
    return new ClickHouseEndpoint(child, folder, `http://127.0.0.1:${port}`);
  }

  async fault(fault: StoreFault): Promise<void> {
    const done = once(this.child, 'message');
    this.child.send(fault);
    await done;
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}
