import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { ChildServer } from '../../test/acceptance/child-server.ts';
import { soak } from '../../test/support/soak.ts';
import { median, report } from '../support/report.ts';

const IDLE = 500;
const BUSY = 50;
const SECONDS = Number(process.env.RVBBIT_SOAK_SECONDS ?? 60);

/** Resident bytes of a process, as Linux tells them. */
function residentBytes(pid: number): number {
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}

describe('the built server', () => {
  it(`serves ${IDLE} idle and ${BUSY} busy connections for ${SECONDS} s`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rvbbit-soak-'));
    const server = await ChildServer.start(folder);
    const port = Number(new URL(server.sqlUrl).port);
    const memory = (): number => residentBytes(server.process.pid ?? 0);
    const result = await soak(port, { idle: IDLE, busy: BUSY, seconds: SECONDS, memory });
    await server.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
    const third = Math.floor(result.memory.length / 3);
    const first = median(result.memory.slice(0, third));
    const last = median(result.memory.slice(-third));
    const times = [...result.times].sort((a, b) => a - b);
    const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN;
    const mib = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
    report({
      what: 'errors',
      value: result.errors.length,
      target: { atMost: 0 },
      from: `${result.statements} rounds; ${result.errors.slice(0, 3).join('; ')}`,
    });
    report({
      what: 'memory of the last third over the first',
      value: last / first,
      target: { atMost: 1.1 },
      from: `${mib(first)}, then ${mib(last)}`,
    });
    report({
      what: 'p99 of SELECT 1, ms',
      value: p99,
      target: null,
      from: `${times.length} of them, p50 ${median(times).toFixed(1)} ms, from ${BUSY} clients in one process beside the server`,
    });
  });
});
