import { afterAll, beforeAll, describe, it } from 'vitest';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { asSymbols, operators } from '../../test/plan/operators.ts';
import { EngineFixture, rowsOf } from '../../test/support/engine-fixture.ts';
import { median, report, times } from '../support/report.ts';

const ROWS = 1_000_000;
const DISTINCT = 10_000;
const RUNS = 15;

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

async function msOf(condition: string): Promise<number> {
  const sql = asSymbols(`SELECT count(*) FROM t WHERE ${condition}`);
  return median(await times(RUNS, () => rowsOf(connection, sql, fixture.scope())));
}

describe('a filter whose answers are known', () => {
  it(`7: over ${ROWS} rows, ${DISTINCT} of them distinct`, async () => {
    const means = await msOf("d MEANS 'x'");
    for (const plain of ["contains(d, '7')", "regexp_matches(d, 'number .*7')"]) {
      const ms = await msOf(plain);
      const from = `${means.toFixed(1)} ms against ${ms.toFixed(1)} ms, medians of ${RUNS} runs`;
      report({ what: `cached MEANS over ${plain}`, value: means / ms, target: { atMost: 1.5 }, from });
    }
  });
});
