import { SqlError } from '../../errors.ts';
import { compareArms } from '../../training/measure/compare-arms.ts';
import type { ArmsCompared } from '../../training/measure/compare-arms.ts';
import type { Comparison } from '../../training/measure/comparison.ts';
import type { Strategies } from '../../training/strategies/find-strategy.ts';
import type { TrainingSettings } from '../../training/training-settings.ts';
import type { TrainingSystem } from '../../training/training-system.ts';
import type { Cascade, Cell } from '../cascade/cascade.ts';
import type { OperatorSet } from '../cascade/operator-set.ts';
import type { Answers } from '../evaluation/answers.ts';
import { cellIdentity } from '../evaluation/cell-identity.ts';
import type { StatementScope } from '../evaluation/statement-scope.ts';
import { CellArms } from './cell-arms.ts';

export interface MeasureParts {
  readonly answers: Answers;
  readonly training: TrainingSystem;
  readonly operators: OperatorSet;
  readonly concurrency: number;
}

export interface MeasureRequest {
  readonly cascade: string;
  /** The last cell that trains, or the last, where left out. */
  readonly cell?: string | undefined;
  /** Most rows; 200 where left out. */
  readonly sample?: number | undefined;
  /** Of the two arms. None: without training against the cell's own settings. One: without against it. */
  readonly strategies?: readonly string[];
  /** Told after every row, for who watches. */
  readonly watch?: ((soFar: Comparison) => void) | undefined;
}

export interface Measured extends ArmsCompared {
  readonly cascade: string;
  readonly cell: string;
  readonly armA: string;
  readonly armB: string;
}

/** Compares two ways of training a cell over its marked rows. Throws SqlError. */
export async function measureCell(
  parts: MeasureParts,
  request: MeasureRequest,
  scope: StatementScope,
): Promise<Measured> {
  const { cascade, cell } = findCell(parts.operators, request.cascade, request.cell);
  const [a, b] = armsOf(cell, request.strategies ?? [], parts.training.strategies);
  const asker = new CellArms(parts.answers, parts.training, cascade, cell.name, scope);
  const compared = await compareArms(parts.training.pools, asker, {
    cell: cellIdentity(cascade, cell),
    a,
    b,
    sample: sampleOf(request.sample ?? 200),
    concurrency: parts.concurrency,
    ...(request.watch === undefined ? {} : { watch: request.watch }),
  });
  return { cascade: cascade.cascadeId, cell: cell.name, armA: nameOf(a), armB: nameOf(b), ...compared };
}

/** Throws SqlError 42704 naming what there is. */
export function findCascade({ cascades }: OperatorSet, cascadeId: string): Cascade {
  const cascade = cascades.get(cascadeId);
  if (cascade !== undefined) return cascade;
  throw new SqlError('42704', `cascade "${cascadeId}" does not exist`, {
    hint: `Loaded cascades: ${[...cascades.keys()].sort().join(', ')}.`,
  });
}

/** Throws SqlError 42704 naming what there is. */
export function findCell(
  operators: OperatorSet,
  cascadeId: string,
  cellName: string | undefined,
): { readonly cascade: Cascade; readonly cell: Cell } {
  const cascade = findCascade(operators, cascadeId);
  const cell =
    cellName === undefined
      ? (cascade.cells.findLast(({ training }) => training.useTraining) ?? cascade.cells.at(-1))
      : cascade.cells.find(({ name }) => name === cellName);
  if (cell !== undefined) return { cascade, cell };
  throw new SqlError('42704', `cascade "${cascadeId}" has no cell "${cellName ?? ''}"`, {
    hint: `Its cells: ${cascade.cells.map(({ name }) => name).join(', ')}.`,
  });
}

function armsOf(
  cell: Cell,
  strategies: readonly string[],
  known: Strategies,
): readonly [TrainingSettings, TrainingSettings] {
  const settings = (strategy: string): TrainingSettings => {
    known.find(strategy);
    return { ...cell.training, useTraining: true, strategy };
  };
  const without = { ...cell.training, useTraining: false };
  const [first, second, ...others] = strategies;
  if (others.length > 0) throw new SqlError('22023', 'two strategies can be compared, not more');
  if (first === undefined) return [without, settings(cell.training.strategy)];
  return second === undefined ? [without, settings(first)] : [settings(first), settings(second)];
}

function sampleOf(sample: number): number {
  if (Number.isSafeInteger(sample) && sample > 0) return sample;
  throw new SqlError('22023', `a sample of ${sample} rows cannot be drawn`, {
    hint: 'Give a number above 0.',
  });
}

function nameOf({ useTraining, strategy }: TrainingSettings): string {
  return useTraining ? strategy : 'without training';
}
