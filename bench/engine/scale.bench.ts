import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { symbolOf } from '../../src/operators/cascade/symbol.ts';
import { Answers } from '../../src/operators/evaluation/answers.ts';
import { Evaluations } from '../../src/operators/evaluation/evaluations.ts';
import { DEFAULT_SEMANTIC_SETTINGS } from '../../src/operators/evaluation/statement-scope.ts';
import { uuidV7 } from '../../src/operators/runner/uuid-v7.ts';
import { CallScheduler } from '../../src/operators/scheduler/call-scheduler.ts';
import { OpenDatabases } from '../../src/server/engine/open-databases.ts';
import { ClickHouseLog } from '../../src/training/log/clickhouse-log.ts';
import { heldBytes } from '../../test/support/collect-garbage.ts';
import { EMPTY_POOL } from '../../test/support/empty-pool.ts';
import { rowsOf } from '../../test/support/engine-fixture.ts';
import { operatorOf, operatorSetOf } from '../../test/support/operator-fixture.ts';
import { scriptedEstimator } from '../../test/support/scripted-estimator.ts';
import { callRecord } from '../../test/training/support/call-record.ts';
import { temporaryStore, type TemporaryStore } from '../../test/training/support/temporary-store.ts';
import { report } from '../support/report.ts';

/** Fewer of them where a machine is slow. */
const VALUES = Number(process.env.BENCH_VALUES ?? 1_000_000);
const PAID_BEFORE_THE_CRASH = VALUES * 0.3;
const ROWS_A_FLUSH = 5_000;
const SAMPLES = 10;
const operators = operatorSetOf([operatorOf({ name: 'semantic_matches', keyword: 'MEANS' })]);
const COUNT = `SELECT count(*) FROM t WHERE d ${symbolOf('MEANS') ?? ''} 'x'`;

let temporary: TemporaryStore;
let dataDir: string;

beforeAll(async () => {
  temporary = await temporaryStore();
  dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-scale-'));
});

afterAll(async () => {
  await temporary.dispose();
  await rm(dataDir, { recursive: true, force: true });
});

interface Run {
  readonly calls: number;
  readonly ms: number;
  /** Beside those that were held before. */
  readonly bytesAtWorst: number;
}

/** The statement in a server that knows nothing but its log; it dies after `mostCalls`. */
async function run(mostCalls: number): Promise<Run> {
  const log = new ClickHouseLog(temporary.store, { batchRows: ROWS_A_FLUSH });
  const crash = new AbortController();
  let [calls, worst, asked] = [0, 0, 0];
  const sample = (every: number, at: number): void => {
    if (at % every === 1) worst = Math.max(worst, heldBytes());
  };
  const answers = new Answers({
    training: { pool: async () => EMPTY_POOL },
    log: {
      append: (record) => log.append(record),
      flush: () => log.flush(),
      findByQuestion: (questions) => log.findByQuestion(questions),
      async findAnswers(keys) {
        asked += 1;
        sample(Math.ceil(VALUES / 4096 / SAMPLES), asked);
        return log.findAnswers(keys);
      },
    },
    runner: {
      run: async ({ answerKey }) => {
        calls += 1;
        if (calls >= mostCalls) crash.abort(new Error('the server was killed'));
        log.append(callRecord({ traceId: uuidV7(), answerKey }));
        // No faster than the log: no model is.
        if (calls % ROWS_A_FLUSH === 0) await log.flush();
        return { value: true, traceId: 'trace', outputs: {} };
      },
    },
    scheduler: new CallScheduler({ concurrency: 16 }),
    defaultModel: 'scripted/test',
  });
  const limits = { concurrency: 16, requestsPerMinute: null, tokensPerMinute: null };
  const parts = { answers, operators: () => operators, estimator: scriptedEstimator(), limits };
  const evaluations = new Evaluations(parts);
  const databases = new OpenDatabases({ dataDir, evaluations, operators: () => operators });
  const connection = await (await databases.open('default')).connect();
  await connection.runInternal(
    `CREATE TABLE IF NOT EXISTS t AS SELECT 'a review of about a hundred characters, as people write them in shops, number ' || i AS d FROM range(${VALUES}) r(i)`,
  );
  const before = heldBytes();
  const start = performance.now();
  const scope = {
    ...{ sessionId: 's', statementId: 'x', caller: 'sql' as const, settings: DEFAULT_SEMANTIC_SETTINGS },
    ...{ signal: crash.signal, notice: () => undefined },
  };
  const counted = await rowsOf(connection, COUNT, scope).catch((error: unknown) => {
    if (crash.signal.aborted) return null;
    throw error;
  });
  if (counted !== null && counted[0]?.[0] !== BigInt(VALUES))
    throw new Error(`it counted ${String(counted)}`);
  const ms = performance.now() - start;
  await log.flush();
  await connection.close();
  await databases.close();
  return { calls, ms, bytesAtWorst: worst - before };
}

async function logged(): Promise<number> {
  const [row] = await temporary.store.query<{ n: number }>(
    'answers',
    "SELECT toUInt32(uniqExact(answer_key)) AS n FROM rvbbit.unified_logs WHERE answer_key != ''",
  );
  return Number(row?.n);
}

describe(`a statement over ${VALUES} distinct values`, () => {
  it('goes on after a crash, and reads the log in bulk', async () => {
    const killed = await run(PAID_BEFORE_THE_CRASH);
    const kept = await logged();
    const again = await run(Infinity);
    const whole = await run(Infinity);
    const second = (ms: number): string => (ms / 1000).toFixed(0);
    report({
      what: 'answers paid for twice, after a crash',
      value: again.calls - (VALUES - kept),
      target: { atMost: 0 },
      from: `${killed.calls} calls before it, ${kept} answers in the log, ${again.calls} calls after it; ${second(killed.ms)} s and ${second(again.ms)} s`,
    });
    report({
      what: 'calls of a statement whose answers the log holds',
      value: whole.calls,
      target: { atMost: 0 },
      from: `${VALUES} answers read in ${second(whole.ms)} s, ${(VALUES / whole.ms).toFixed(0)} a millisecond`,
    });
    report({
      what: 'bytes a value at worst',
      value: Math.max(again.bytesAtWorst, whole.bytesAtWorst) / VALUES,
      target: { atMost: 600 },
      from: `heap and buffers after a collection, ${SAMPLES} samples a run; texts of 85 characters`,
    });
  });
});
