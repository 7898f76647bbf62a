import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { symbolOf } from '../../src/operators/cascade/symbol.ts';
import { Answers } from '../../src/operators/evaluation/answers.ts';
import { Evaluations } from '../../src/operators/evaluation/evaluations.ts';
import { DEFAULT_SEMANTIC_SETTINGS } from '../../src/operators/evaluation/statement-scope.ts';
import { CallScheduler } from '../../src/operators/scheduler/call-scheduler.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { OpenDatabases } from '../../src/server/engine/open-databases.ts';
import type { CallLog } from '../../src/training/log/call-log.ts';
import { heldBytes } from '../support/collect-garbage.ts';
import { EMPTY_POOL } from '../support/empty-pool.ts';
import { rowsOf } from '../support/engine-fixture.ts';
import { operatorOf, operatorSetOf } from '../support/operator-fixture.ts';
import { scriptedEstimator } from '../support/scripted-estimator.ts';

const VALUES = 200_000;
const MEANS = symbolOf('MEANS') ?? '';
const COUNT = `SELECT count(*) FROM t WHERE d ${MEANS} 'x'`;
const operators = operatorSetOf([operatorOf({ name: 'semantic_matches', keyword: 'MEANS' })]);

let dataDir: string;
let databases: OpenDatabases;
let connection: EngineConnection;
let calls = 0;
let lookups: number[] = [];
/** How many of the keys that are looked up the log knows: the first ones. */
let logged = 0;
let peak = 0;

/** A log that forgets, so that what is measured is the evaluation's own. */
const log: CallLog = {
  append: () => undefined,
  flush: async () => undefined,
  findByQuestion: async () => [],
  async findAnswers(keys) {
    lookups.push(keys.length);
    const known = keys.slice(0, logged);
    logged -= known.length;
    return known.map((answerKey) => ({
      answerKey,
      traceId: '01900000-0000-7000-8000-000000000000',
      answer: 'true',
    }));
  },
};

beforeEach(async () => {
  calls = 0;
  lookups = [];
  logged = 0;
  peak = 0;
  dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-scale-'));
  const answers = new Answers({
    training: { pool: async () => EMPTY_POOL },
    log,
    runner: {
      run: async () => {
        calls += 1;
        if (calls % 20_000 === 1) peak = Math.max(peak, heldBytes());
        return { value: true, traceId: 'trace', outputs: {} };
      },
    },
    scheduler: new CallScheduler({ concurrency: 20 }),
    defaultModel: 'scripted/test',
  });
  const limits = { concurrency: 20, requestsPerMinute: null, tokensPerMinute: null };
  const evaluations = new Evaluations({
    answers,
    operators: () => operators,
    estimator: scriptedEstimator(),
    limits,
  });
  databases = new OpenDatabases({ dataDir, evaluations, operators: () => operators });
  connection = await (await databases.open('default')).connect();
  await connection.runInternal(
    `CREATE TABLE t AS SELECT 'a review of about a hundred characters, as people write them in shops, number ' || i AS d FROM range(${VALUES}) r(i)`,
  );
});

afterEach(async () => {
  await connection.close();
  await databases.close();
  await rm(dataDir, { recursive: true, force: true });
});

const scope = () => ({
  sessionId: 's',
  statementId: 'x',
  caller: 'sql' as const,
  settings: DEFAULT_SEMANTIC_SETTINGS,
  signal: new AbortController().signal,
  notice: () => undefined,
});

describe('a statement over 200,000 distinct values', () => {
  it('takes less than 600 bytes a value at its worst and 250 when it has ended', async () => {
    const before = heldBytes();
    expect(await rowsOf(connection, COUNT, scope())).toEqual([[BigInt(VALUES)]]);
    expect(calls).toBe(VALUES);
    const atWorst = (peak - before) / VALUES;
    const after = (heldBytes() - before) / VALUES;
    expect(atWorst).toBeLessThan(600);
    expect(after).toBeLessThan(250);
  }, 120_000);

  it('reads the log in bulk, and pays only for what it does not hold', async () => {
    logged = 150_000;
    expect(await rowsOf(connection, COUNT, scope())).toEqual([[BigInt(VALUES)]]);
    expect(calls).toBe(VALUES - 150_000);
    expect(lookups.length).toBeLessThanOrEqual(2 * Math.ceil(VALUES / 2048));
  }, 120_000);
});
