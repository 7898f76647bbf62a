import type { OperatorSet } from '../../../src/operators/cascade/operator-set.ts';
import type { Cascade } from '../../../src/operators/cascade/cascade.ts';
import { PromptRenderer, NO_EXAMPLES } from '../../../src/operators/runner/render-prompt.ts';
import type { CallRecord } from '../../../src/training/log/call-record.ts';
import type { StatementLog } from '../../../src/training/log/statement-log.ts';
import type { TrainingSystem } from '../../../src/training/training-system.ts';
import { Chance } from './chance.ts';

export interface GeneratedLogParts {
  readonly training: TrainingSystem;
  readonly statements: StatementLog;
  readonly operators: OperatorSet;
}

const MATERIALS = [
  'bamboo',
  'plastic',
  'hemp',
  'steel',
  'recycled paper',
  'glass',
  'nylon',
  'cork',
  'cotton',
];
const THINGS = [
  'toothbrush',
  'bottle',
  'backpack',
  'notebook',
  'lunch box',
  'rug',
  'lamp',
  'phone case',
  'towel',
];
const MANNERS = [
  'refillable',
  'single-use',
  'hand-made',
  'imported',
  'repairable',
  'disposable',
  'compostable',
];
const CRITERIA = ['eco-friendly', 'a gift for children', 'made to last'];
const OPINIONS = [
  ['I would buy it again at once', 'positive'],
  ['Broke on the second day', 'negative'],
  ['The package contains four parts and a manual', 'neutral'],
  ['Nobody answers the phone', 'negative'],
  ['My daughter loves it', 'positive'],
] as const;
const GREEN = new Set([
  'bamboo',
  'hemp',
  'recycled paper',
  'cork',
  'glass',
  'refillable',
  'repairable',
  'compostable',
]);

const CALLS_A_STATEMENT = 50;
const STATEMENTS_A_SESSION = 4;
const DAYS = 14;

/** Writes so many calls over the last two weeks, the same for the same count; gives their trace ids, oldest first. */
export async function generateLog(parts: GeneratedLogParts, calls: number): Promise<readonly string[]> {
  const chance = new Chance(7);
  const now = Date.now();
  const ids: string[] = [];
  for (let at = 0; at < calls; at += 1) {
    const startedAt = now - Math.round(((calls - at) / calls) * DAYS * 86_400_000) + (at % 1_000);
    const record = callOf(parts.operators, chance, at, startedAt);
    parts.training.log.append(record);
    ids.push(record.traceId);
    if (at % CALLS_A_STATEMENT === 0) parts.statements.append(statementOf(record, at, calls));
    if (at % 20_000 === 19_999) await parts.training.log.flush();
  }
  await Promise.all([parts.training.log.flush(), parts.statements.flush()]);
  return ids;
}

function statementOf(record: CallRecord, at: number, calls: number) {
  return {
    statementId: record.statementId,
    sessionId: record.sessionId,
    startedAtUs: record.timestampUs,
    caller: 'sql' as const,
    database: 'default',
    userName: 'analyst',
    sql: "SELECT id, description FROM products WHERE description MEANS 'eco-friendly' ORDER BY id LIMIT 100",
    rows: at % 97,
    fromMemory: at % 31,
    fromLog: at % 53,
    fromModel: Math.min(CALLS_A_STATEMENT, calls - at),
    fromProxy: 0,
    fromHuman: 0,
    durationMs: 400 + (at % 900),
    error:
      at % 1_000 === 0 && at > 0
        ? 'semantic_matches: 1 of 50 calls failed: the model gave no valid answer'
        : null,
  };
}

function callOf(operators: OperatorSet, chance: Chance, at: number, startedAt: number): CallRecord {
  const statement = Math.floor(at / CALLS_A_STATEMENT);
  const { cascade, cell, inputs, output, probability } = questionOf(operators, chance);
  const fails = chance.below(150) === 0;
  const prompts = new PromptRenderer();
  const messages = prompts.messages(cell, { input: inputs, outputs: {} }, NO_EXAMPLES);
  const json = JSON.stringify(inputs);
  return {
    traceId: `call-${String(at).padStart(7, '0')}`,
    timestampUs: BigInt(startedAt) * 1000n,
    sessionId: `session-${Math.floor(statement / STATEMENTS_A_SESSION)}`,
    statementId: `statement-${statement}`,
    runId: `run-${at}`,
    parentTraceId: null,
    caller: 'sql',
    cascadeId: cascade.cascadeId,
    cellName: cell.name,
    fingerprint: cell.fingerprint,
    inputs: json,
    output: fails ? '' : output,
    answerKey: `key-${cascade.cascadeId}-${json}`,
    answer: fails ? '' : JSON.stringify(output),
    request: JSON.stringify({ model: 'gpt-4.1-mini', messages }),
    response: JSON.stringify({ choices: [{ message: { role: 'assistant', content: output } }] }),
    model: chance.below(5) === 0 ? 'gpt-4.1-nano' : 'gpt-4.1-mini',
    provider: 'openai',
    tokensIn: 180 + chance.below(80),
    tokensOut: 1 + chance.below(4),
    tokensCached: 0,
    costUsd: 0.00008 + chance.below(50) / 1_000_000,
    durationMs: 120 + chance.below(600),
    retries: 0,
    attempt: 1,
    take: 1,
    exampleIds: [],
    trainingTrouble: null,
    probability,
    source: 'model',
    error: fails ? 'invalid reply: neither yes nor no' : null,
  };
}

interface Question {
  readonly cascade: Cascade;
  readonly cell: Cascade['cells'][number];
  readonly inputs: Readonly<Record<string, string>>;
  readonly output: string;
  readonly probability: number | null;
}

function questionOf(operators: OperatorSet, chance: Chance): Question {
  if (chance.below(4) === 0) {
    const [opinion, label] = chance.of(OPINIONS);
    const text = `${opinion}. (order ${chance.below(90_000)})`;
    return {
      ...cellOf(operators, 'sentiment_classifier'),
      inputs: { text },
      output: label,
      probability: null,
    };
  }
  const material = chance.of(MATERIALS);
  const manner = chance.of(MANNERS);
  const criterion = chance.of(CRITERIA);
  const green = GREEN.has(material) !== (manner === 'single-use');
  return {
    ...cellOf(operators, 'semantic_matches'),
    inputs: { criterion, text: `${manner} ${material} ${chance.of(THINGS)}, article ${chance.below(5_000)}` },
    output: String(green),
    probability: (green ? 0.55 : 0.05) + chance.below(40) / 100,
  };
}

function cellOf(operators: OperatorSet, cascadeId: string) {
  const cascade = operators.cascades.get(cascadeId);
  const cell = cascade?.cells[0];
  if (cascade === undefined || cell === undefined) throw new Error(`${cascadeId} is not loaded`);
  return { cascade, cell };
}
