import { afterAll, beforeAll, describe, it } from 'vitest';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { asSymbols, operators } from '../../test/plan/operators.ts';
import { EngineFixture, rowsOf } from '../../test/support/engine-fixture.ts';
import { median, report } from '../support/report.ts';

const ROWS = 1_000_000;
const DISTINCT = 10_000;
const RUNS = 25;
const WARM_UP = 3;

let fixture: EngineFixture;
let connection: EngineConnection;

beforeAll(async () => {
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  fixture.judge = ({ inputs }) => String(inputs.text).includes('7');
  await connection.runInternal(
    `CREATE TABLE t AS SELECT 'the description of product number ' || (i % ${DISTINCT}) AS d FROM range(${ROWS}) r(i)`,
  );
});

afterAll(async () => {
  await connection.close();
  await fixture.close();
});

interface Cost {
  readonly ms: number[];
  /** Of all threads. */
  readonly processorMs: number[];
}

const CONDITIONS = ["d MEANS 'x'", "contains(d, '7')", "regexp_matches(d, 'number .*7')"] as const;

/** In turn, so that what else the machine does meets all of them alike. */
async function costs(): Promise<readonly Cost[]> {
  const all = CONDITIONS.map((): Cost => ({ ms: [], processorMs: [] }));
  for (let run = 0; run < RUNS + WARM_UP; run += 1) {
    for (const [at, condition] of CONDITIONS.entries()) {
      const sql = asSymbols(`SELECT count(*) FROM t WHERE ${condition}`);
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      await rowsOf(connection, sql, fixture.scope());
      const { user, system } = process.cpuUsage(cpu);
      if (run < WARM_UP) continue;
      all[at]?.ms.push(performance.now() - start);
      all[at]?.processorMs.push((user + system) / 1000);
    }
  }
  return all;
}

describe('a filter whose answers are known', () => {
  it(`7: over ${ROWS} rows, ${DISTINCT} of them distinct`, async () => {
    const [means, ...plain] = (await costs()) as [Cost, ...Cost[]];
    for (const [at, cost] of plain.entries()) {
      const what = `cached MEANS over ${CONDITIONS[at + 1]}`;
      const [ours, theirs] = [median(means.ms), median(cost.ms)];
      const from = `${ours.toFixed(1)} ms against ${theirs.toFixed(1)} ms, medians of ${RUNS} runs in turn`;
      report({ what, value: ours / theirs, target: { atMost: 1.5 }, from });
      const [our, their] = [median(means.processorMs), median(cost.processorMs)];
      const spent = `${our.toFixed(1)} ms against ${their.toFixed(1)} ms of all threads`;
      report({ what: `${what}, processor time`, value: our / their, target: null, from: spent });
    }
  });
});
