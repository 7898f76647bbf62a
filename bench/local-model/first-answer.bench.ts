import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { it } from 'vitest';
import { ChildServer } from '../../test/acceptance/child-server.ts';
import { median, report } from '../support/report.ts';

const RUNS = 3;
const QUESTION = "SELECT 'bamboo toothbrush' MEANS 'eco-friendly' AS holds";

interface Run {
  readonly startMs: number;
  /** Of a client that is connected to the first answer; NaN where nothing is asked. */
  readonly answerMs: number;
}

it('the start of the server and its first answer, with the local model and without', async () => {
  const runs = { local: [] as Run[], without: [] as Run[] };
  for (let at = 0; at < RUNS; at++) {
    runs.without.push(await run('scripted/none.yaml', null));
    runs.local.push(await run('local', QUESTION));
  }
  const [local, without] = [runs.local, runs.without].map((all) => median(all.map(({ startMs }) => startMs)));
  report({
    what: 'seconds that the server starts later with the local model',
    value: ((local ?? Number.NaN) - (without ?? Number.NaN)) / 1000,
    target: { atMost: 2 },
    from: `medians of ${RUNS} starts: ${local?.toFixed(0)} ms with, ${without?.toFixed(0)} ms without`,
  });
  report({
    what: 'seconds to the first answer of the local model',
    value: median(runs.local.map(({ answerMs }) => answerMs)) / 1000,
    target: { atMost: 1 },
    from: `median of ${RUNS}: ${QUESTION}`,
  });
});

async function run(model: string, question: string | null): Promise<Run> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-start-'));
  const began = performance.now();
  const server = await ChildServer.start(dataDir, { RVBBIT_MODEL: model });
  const startMs = performance.now() - began;
  const answerMs = question === null ? Number.NaN : await answered(server, question);
  await server.kill('SIGTERM');
  await rm(dataDir, { recursive: true, force: true });
  return { startMs, answerMs };
}

async function answered(server: ChildServer, question: string): Promise<number> {
  const client = new Client(server.sqlUrl.replace('//', '//ada@'));
  await client.connect();
  const began = performance.now();
  await client.query(question);
  const took = performance.now() - began;
  await client.end();
  return took;
}
