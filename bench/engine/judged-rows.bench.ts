import { setTimeout as latency } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'vitest';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { asSymbols, operators } from '../../test/plan/operators.ts';
import { EngineFixture, rowsOf } from '../../test/support/engine-fixture.ts';
import { report } from '../support/report.ts';

const LATENCY_MS = 200;
const CONCURRENCY = 20;
const SETTING = `one value a request (B=1), ${LATENCY_MS} ms a call, ${CONCURRENCY} calls in flight`;

let fixture: EngineFixture;
let connection: EngineConnection;

beforeEach(async () => {
  fixture = await EngineFixture.open(operators, CONCURRENCY);
  connection = await fixture.connect();
  await connection.runInternal(
    "CREATE TABLE t AS SELECT i AS id, 'text ' || i AS d, 'value ' || (i % 100) AS few FROM range(2000) r(i)",
  );
});

afterEach(async () => {
  await connection.close();
  await fixture.close();
});

const numberOf = (text: unknown): number => Number(String(text).split(' ').at(-1));

/** True for `share` of the numbers, spread evenly over any run of them. */
const isAmong = (share: number, number: number): boolean => (number * 0.618_033_988_749_895) % 1 < share;

function judge(share: number): void {
  fixture.judge = async ({ inputs }) => {
    await latency(LATENCY_MS);
    return isAmong(share, numberOf(inputs.text));
  };
}

async function run(
  sql: string,
): Promise<{ readonly rows: number; readonly calls: number; readonly ms: number }> {
  const before = fixture.calls.length;
  const start = performance.now();
  const rows = await rowsOf(connection, asSymbols(sql), fixture.scope());
  return { rows: rows.length, calls: fixture.calls.length - before, ms: performance.now() - start };
}

/** Rows that a scan in order judges until it has `wanted` of them. */
function inOrder(share: number, wanted: number): number {
  let found = 0;
  let at = -1;
  while (found < wanted) if (isAmong(share, (at += 1))) found += 1;
  return at + 1;
}

describe('what is judged', () => {
  it('1: once a distinct value', async () => {
    judge(0.5);
    const { calls, ms } = await run("SELECT count(*) FROM t WHERE few MEANS 'x'");
    report({
      what: 'requests for 2,000 rows, 100 distinct',
      value: calls,
      target: { atMost: 100 },
      from: SETTING,
    });
    const ideal = Math.ceil(calls / CONCURRENCY) * LATENCY_MS;
    report({
      what: 'its wall over ideal',
      value: ms / ideal,
      target: { atMost: 1.05 },
      from: `ideal ${ideal} ms`,
    });
  });

  it('2: no more than LIMIT needs', async () => {
    judge(0.7);
    const many = await run("SELECT id FROM t WHERE d MEANS 'x' LIMIT 5");
    report({
      what: 'rows judged, LIMIT 5 at 70 %',
      value: many.calls,
      target: { atMost: 16 },
      from: SETTING,
    });
    report({
      what: 'its wall in latencies',
      value: many.ms / LATENCY_MS,
      target: { atMost: 1.5 },
      from: `${many.ms.toFixed(0)} ms`,
    });
    judge(0.01);
    const needed = inOrder(0.01, 5);
    for (const [clause, criterion] of [
      ['', 'y'],
      [' ORDER BY id', 'z'],
    ] as const) {
      const few = await run(`SELECT id FROM t WHERE d MEANS '${criterion}'${clause} LIMIT 5`);
      const what = `rows judged over those of a scan in order,${clause} LIMIT 5 at 1 %`;
      const from = `${few.calls} judged, ${needed} needed, ${(few.ms / LATENCY_MS).toFixed(1)} latencies; ${SETTING}`;
      report({ what, value: few.calls / needed, target: { atMost: 1.3 }, from });
    }
  });

  it('3: once, however many clauses ask', async () => {
    judge(0.5);
    const sql = "SELECT few MEANS 'x' FROM t WHERE few MEANS 'x' ORDER BY few MEANS 'x', few";
    const first = await run(sql);
    report({
      what: 'calls, the same predicate in three clauses',
      value: first.calls,
      target: { atMost: 100 },
      from: '100 distinct values',
    });
    report({
      what: 'calls of a rerun',
      value: (await run(sql)).calls,
      target: { atMost: 0 },
      from: 'answers in memory',
    });
  });

  it('4: each side of a join alone', async () => {
    judge(0.5);
    await connection.runInternal(
      "CREATE TABLE l AS SELECT i AS id, 'review ' || (i % 128) AS d FROM range(256) r(i)",
    );
    await connection.runInternal(
      "CREATE TABLE m AS SELECT i AS id, 'critique ' || (i % 128) AS d FROM range(256) r(i)",
    );
    for (const [other, most, criterion] of [
      ['m', 256, 'glad'],
      ['l', 128, 'sad'],
    ] as const) {
      const sql = `SELECT count(*) FROM l a, ${other} b WHERE (a.d MEANS '${criterion}') = (b.d MEANS '${criterion}')`;
      const { calls, ms } = await run(sql);
      const from = `256 × 256 rows, 128 distinct texts a side, ${other === 'l' ? 'the same' : 'others'} on both; ${ms.toFixed(0)} ms; ${SETTING}`;
      report({
        what: 'requests for all pairs of reviews of one sentiment',
        value: calls,
        target: { atMost: most },
        from,
      });
    }
  });

  it('5: candidates of a join by embedding', async () => {
    const side = 200;
    const nouns =
      'anchor bakery candle dragon engine falcon garden hammer island jacket kettle lemon mirror needle';
    const words = nouns.split(' ');
    const name = (at: number): string =>
      [at, at * 5 + 3, Math.floor(at / 14)].map((place) => words[place % words.length]).join(' ');
    const values = Array.from({ length: side }, (_, at) => `('the ${name(at)}', 'a ${name(at)}')`).join(', ');
    await connection.runInternal(`CREATE TABLE p AS SELECT * FROM (VALUES ${values}) v(x, y)`);
    fixture.judge = ({ inputs }) => String(inputs.text).slice(4) === String(inputs.criterion).slice(2);
    const sql = asSymbols('SELECT count(*) FROM p a JOIN p b ON a.x MEANS b.y');
    const [[found] = []] = await rowsOf(connection, sql, fixture.scope({ recall: 0.9 }));
    const equal = 'SELECT count(*) FROM p a JOIN p b ON substr(a.x, 5) = substr(b.y, 3)';
    const [[truth] = []] = await rowsOf(connection, equal, fixture.scope());
    const distinct = new Set(Array.from({ length: side }, (_, at) => name(at))).size;
    report({
      what: 'share of the pairs of a join that are asked about at recall 0.9',
      value: fixture.calls.length / distinct ** 2,
      target: null,
      from: `${distinct} × ${distinct} distinct values, one partner each; ${String(fixture.notices.at(-1)?.message)}`,
    });
    report({
      what: 'its recall',
      value: Number(found) / Number(truth),
      target: { atLeast: 0.9 },
      from: `${String(found)} rows of ${String(truth)}`,
    });
  });
});
