import { SqlError } from '../../errors.ts';
import type { Example } from '../example.ts';
import type { ExamplePools } from '../example-pools.ts';
import type { ExampleSnapshot } from '../pool/example-snapshot.ts';
import type { TrainingSettings } from '../training-settings.ts';
import type { CellIdentity, ExamplePool, Inputs } from '../training.ts';
import { clustersOf } from './clusters.ts';
import { Comparison } from './comparison.ts';
import type { ComparisonResult } from './comparison.ts';
import { seededRandom, shuffled } from './seeded-random.ts';

export type ArmName = 'a' | 'b';

export interface Spent {
  /** US dollars, as far as prices are known. */
  readonly costUsd: number;
  readonly tokens: number;
}

/** Answers a row for an arm, each time anew and under keys that nothing else finds. */
export interface ArmAsker {
  /** The output of the cell as text. Throws SqlError. */
  ask(arm: ArmName, inputs: Inputs, examples: readonly Example[]): Promise<string>;
  spent(arm: ArmName): Promise<Spent>;
}

export interface ArmsToCompare {
  readonly cell: CellIdentity;
  readonly a: TrainingSettings;
  readonly b: TrainingSettings;
  /** Most rows; drawn by a fixed seed. */
  readonly sample: number;
  /** Rows under way at once. */
  readonly concurrency: number;
  /** Told after every row, for who watches. */
  readonly watch?: (soFar: Comparison) => void;
}

export interface ChangedRow {
  readonly traceId: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly truth: string;
  readonly a: string;
  readonly b: string;
}

export interface ArmsCompared extends ComparisonResult {
  readonly spentA: Spent;
  readonly spentB: Spent;
  /** US dollars that B costs more for each error that it makes less; null where it makes none less. */
  readonly costOfErrorAvoided: number | null;
  readonly changed: readonly ChangedRow[];
  readonly notes: readonly string[];
}

/** What is judged: a marked row with its cluster. */
interface Judged {
  readonly row: Example;
  readonly cluster: number;
}

/**
 * Asks both arms about marked rows, in turn, and compares what they say with what people marked. The examples of a
 * row never include its own cluster. Throws SqlError 22023 where nothing is marked, and what a call threw.
 */
export async function compareArms(
  pools: ExamplePools,
  asker: ArmAsker,
  options: ArmsToCompare,
): Promise<ArmsCompared> {
  const snapshot = await pools.snapshot(options.cell);
  if (snapshot.examples.length === 0) throw nothingMarked(options.cell);
  const clusters = await clustersOf(snapshot.examples, snapshot.vectors);
  const judged = drawn(snapshot, clusters, options.sample);
  const comparison = new Comparison();
  const changed: ChangedRow[] = [];
  const poolOf = poolsWithout(pools, snapshot, clusters, options.cell);
  await inParallel(judged, options.concurrency, async ({ row, cluster }, at) => {
    const order: readonly ArmName[] = at % 2 === 0 ? ['a', 'b'] : ['b', 'a'];
    const said = { a: '', b: '' };
    for (const arm of order) {
      const pool = await poolOf(cluster, options[arm]);
      await pool.prepare?.([row.inputs]);
      said[arm] = await asker.ask(arm, row.inputs, pool.pick(row.inputs));
    }
    comparison.add(
      cluster,
      agrees(said.a, row.output, options.cell),
      agrees(said.b, row.output, options.cell),
    );
    if (said.a !== said.b) changed.push(changedRow(row, said));
    options.watch?.(comparison);
  });
  return report(comparison.result(), asker, changed, snapshot);
}

async function report(
  result: ComparisonResult,
  asker: ArmAsker,
  changed: readonly ChangedRow[],
  snapshot: ExampleSnapshot,
): Promise<ArmsCompared> {
  const [spentA, spentB] = [await asker.spent('a'), await asker.spent('b')];
  const avoided = Math.round(result.delta * result.n);
  return Object.freeze({
    ...result,
    spentA,
    spentB,
    costOfErrorAvoided: avoided > 0 ? (spentB.costUsd - spentA.costUsd) / avoided : null,
    changed: Object.freeze(changed),
    notes: notesOn(snapshot),
  });
}

function changedRow(row: Example, said: Readonly<Record<ArmName, string>>): ChangedRow {
  return { traceId: row.traceId, inputs: row.inputs, truth: row.output, ...said };
}

function notesOn({ examples, excluded }: ExampleSnapshot): readonly string[] {
  const notes: string[] = [];
  if (examples.every(({ corrected }) => corrected !== true))
    notes.push(
      'Every row was marked because its answer was right: rows that the model gets wrong are missing, which favours ' +
        'what answered them. Label SELECT * FROM training_audit, a uniform sample, with corrections.',
    );
  if (excluded.conflicting > 0)
    notes.push(
      `${excluded.conflicting} rows are in conflict and were left out: SELECT * FROM training_conflicts.`,
    );
  return notes;
}

function drawn(snapshot: ExampleSnapshot, clusters: readonly number[], sample: number): readonly Judged[] {
  const all = snapshot.examples.map((row, at) => ({ row, cluster: clusters[at] as number }));
  return shuffled(all, seededRandom(1)).slice(0, sample);
}

/** The pool that a row of a cluster may learn from, for the settings of an arm. */
function poolsWithout(
  pools: ExamplePools,
  snapshot: ExampleSnapshot,
  clusters: readonly number[],
  cell: CellIdentity,
): (cluster: number, settings: TrainingSettings) => Promise<ExamplePool> {
  return (cluster, settings) => {
    const kept = settings.useTraining
      ? [...snapshot.examples.keys()].filter((at) => clusters[at] !== cluster)
      : [];
    const { vectors } = snapshot;
    return pools.poolFrom(
      {
        ...snapshot,
        examples: kept.map((at) => snapshot.examples[at] as Example),
        vectors: vectors === null ? null : kept.map((at) => vectors[at] as Float32Array),
      },
      cell,
      settings,
    );
  };
}

/** Texts in the cell's spelling; scores when they are within a tenth. */
function agrees(said: string, truth: string, { outputs }: CellIdentity): boolean {
  const spelled = outputs?.canonical(said) ?? said;
  if (spelled === truth) return true;
  if (outputs?.labels !== false || spelled.trim() === '' || truth.trim() === '') return false;
  return Math.abs(Number(spelled) - Number(truth)) <= 0.1;
}

/** Begins nothing more after a failure. */
async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T, at: number) => Promise<void>,
): Promise<void> {
  const waiting = items.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [at, item] of waiting) {
      if (failed) return;
      await work(item, at).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, width) }, worker));
}

function nothingMarked({ cascadeId, cellName }: CellIdentity): SqlError {
  return new SqlError('22023', `no execution of ${cascadeId}.${cellName} is marked as trainable`, {
    hint: 'SELECT * FROM training_queue shows what to label first.',
  });
}
