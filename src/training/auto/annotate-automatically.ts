import type { TrainingSystem } from '../training-system.ts';
import type { CellIdentity } from '../training.ts';
import { calibration, FEWEST_TO_CALIBRATE } from './calibration.ts';
import type { LabelledScore } from './calibration.ts';
import type { OutputJudge } from './output-judge.ts';
import { unmarkedCalls } from './unmarked-calls.ts';

export interface AutoAnnotation {
  readonly cell: CellIdentity;
  /** Most calls. */
  readonly limit: number;
  /** Calls that reach it teach; the others are marked as not trainable, for the record. */
  readonly minConfidence: number;
  readonly judge: OutputJudge;
}

export interface AutoAnnotated {
  readonly marked: number;
  readonly trainable: number;
  /** Whether labels of people decided what a score is worth. */
  readonly calibrated: boolean;
}

const SOURCE = 'auto';

/** Calls judged and marked together. */
const AT_ONCE = 16;

/**
 * Marks unmarked calls by how much speaks for their outputs: source `auto`, never verified, never over a person's
 * mark. Throws what judging throws; what was marked before stays.
 */
export async function annotateAutomatically(
  training: TrainingSystem,
  request: AutoAnnotation,
): Promise<AutoAnnotated> {
  const { cell, limit, minConfidence, judge } = request;
  await training.log.flush();
  const labelled = await labelledScores(training, request);
  const confidenceOf = calibration(judge.levels, labelled);
  const calls = await unmarkedCalls(training.store, cell, limit);
  let trainable = 0;
  for (let from = 0; from < calls.length; from += AT_ONCE) {
    const marks = await inParallel(calls.slice(from, from + AT_ONCE), async ({ traceId, inputs, output }) => {
      const confidence = confidenceOf(await judge.score(inputs, output));
      return { traceId, trainable: confidence >= minConfidence, verified: false, confidence };
    });
    await training.annotations.mark(marks, { by: judge.name, source: SOURCE });
    trainable += marks.filter((mark) => mark.trainable).length;
  }
  return { marked: calls.length, trainable, calibrated: labelled.length >= FEWEST_TO_CALIBRATE };
}

/** Of the newest rows that people marked, where there are enough of them to learn from. */
async function labelledScores(
  training: TrainingSystem,
  { cell, judge }: AutoAnnotation,
): Promise<readonly LabelledScore[]> {
  const { examples } = await training.pools.snapshot(cell);
  const human = examples.filter((example) => example.automatic !== true).slice(0, FEWEST_TO_CALIBRATE * 2);
  if (human.length < FEWEST_TO_CALIBRATE) return [];
  const labelled: LabelledScore[] = [];
  for (let from = 0; from < human.length; from += AT_ONCE)
    labelled.push(
      ...(await inParallel(human.slice(from, from + AT_ONCE), async ({ inputs, output }) => {
        const fresh = await judge.fresh(inputs);
        return { score: fresh.score, right: fresh.output === output };
      })),
    );
  return labelled;
}

function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  return Promise.all(items.map(work));
}
