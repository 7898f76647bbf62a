import { describe, it } from 'vitest';
import { rowsOf } from '../../test/support/engine-fixture.ts';
import { judging } from '../../test/support/judging-stub.ts';
import { isEven, MEANS, StubStack } from '../../test/support/stub-stack.ts';
import { report } from '../support/report.ts';

const ROWS = 2_000;
const RUNS = 5;

/** Rows that are wrong and rows that are missing, of one statement on an endpoint in trouble. */
async function badRows(batchSize: number): Promise<readonly [wrong: number, lost: number]> {
  const stack = await StubStack.open();
  const honest = judging(isEven);
  stack.stub.answer = (request) => {
    const dice = Math.random();
    if (dice < 0.05) return 'well, that depends';
    if (dice < 0.07) return { fault: 'reset' };
    return dice < 0.09 ? { status: 500 } : honest(request);
  };
  await stack.table(ROWS, ROWS);
  const sql = `SELECT id, d ${MEANS} 'even' AS m FROM t`;
  const rows = await rowsOf(stack.connection, sql, stack.scope({ batchSize })).catch(() => []);
  await stack.close();
  return [rows.filter(([id, m]) => m !== (Number(id) % 2 === 0)).length, ROWS - rows.length];
}

describe('an endpoint with 5 % malformed replies, 2 % resets and 2 % errors', () => {
  it.each([1, 16])('6: costs no row at B=%i', async (batchSize) => {
    let wrong = 0;
    let lost = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const [wrongRows, lostRows] = await badRows(batchSize);
      wrong += wrongRows;
      lost += lostRows;
    }
    const from = `${RUNS} statements of ${ROWS} rows, 20 in flight`;
    report({ what: `wrong rows, B=${batchSize}`, value: wrong, target: { atMost: 0 }, from });
    report({ what: `lost rows, B=${batchSize}`, value: lost, target: { atMost: 0 }, from });
  });
});
