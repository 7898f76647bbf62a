import type { Example } from '../example.ts';
import type { TrainingSystem } from '../training-system.ts';
import type { CellIdentity } from '../training.ts';
import { calibration, FEWEST_TO_CALIBRATE } from './calibration.ts';
import type { LabelledAgreement } from './calibration.ts';
import { unmarkedCalls } from './unmarked-calls.ts';

export interface AutoAnnotation {
  readonly cell: CellIdentity;
  /** Times each call is asked again. */
  readonly samples: number;
  /** Most calls. */
  readonly limit: number;
  /** Calls that reach it teach; the others are marked as not trainable, for the record. */
  readonly minConfidence: number;
  /** Asks the cell anew, without examples. Throws SqlError. */
  ask(inputs: Readonly<Record<string, unknown>>): Promise<string>;
}

export interface AutoAnnotated {
  readonly marked: number;
  readonly trainable: number;
  /** Whether labels of people decided what agreement is worth. */
  readonly calibrated: boolean;
}

const SOURCE = 'auto';

/**
 * Marks unmarked calls by how far repeated answers agree with them: source `auto`, never verified, never over a
 * person's mark. Throws what asking throws; what was marked before stays.
 */
export async function annotateAutomatically(
  training: TrainingSystem,
  request: AutoAnnotation,
): Promise<AutoAnnotated> {
  const { cell, samples, limit, minConfidence } = request;
  await training.log.flush();
  const labelled = await labelledAgreements(training, request);
  const confidenceOf = calibration(samples, labelled);
  let marked = 0;
  let trainable = 0;
  for (const { traceId, inputs, output } of await unmarkedCalls(training.store, cell, limit)) {
    const confidence = confidenceOf(await agreement(request, inputs, output));
    const teaches = confidence >= minConfidence;
    const mark = { traceId, trainable: teaches, verified: false, confidence };
    await training.annotations.mark([mark], { by: SOURCE, source: SOURCE });
    marked += 1;
    trainable += Number(teaches);
  }
  return { marked, trainable, calibrated: labelled.length >= FEWEST_TO_CALIBRATE };
}

/** Of the newest rows that people marked, where there are enough of them to learn from. */
async function labelledAgreements(
  training: TrainingSystem,
  request: AutoAnnotation,
): Promise<readonly LabelledAgreement[]> {
  const { examples } = await training.pools.snapshot(request.cell);
  const human = examples.filter((example) => example.automatic !== true).slice(0, FEWEST_TO_CALIBRATE * 2);
  if (human.length < FEWEST_TO_CALIBRATE) return [];
  const labelled: LabelledAgreement[] = [];
  for (const example of human) labelled.push(await labelledAgreement(request, example));
  return labelled;
}

/** How many samples agree with the most frequent one, and whether that is what a person said. */
async function labelledAgreement(request: AutoAnnotation, example: Example): Promise<LabelledAgreement> {
  const said = await samplesOf(request, example.inputs);
  const most = Math.max(...said.map((one) => said.filter((other) => other === one).length));
  const favourite = said.find((one) => said.filter((other) => other === one).length === most);
  return { agreeing: most, right: favourite === example.output };
}

async function agreement(
  request: AutoAnnotation,
  inputs: Readonly<Record<string, unknown>>,
  output: string,
): Promise<number> {
  return (await samplesOf(request, inputs)).filter((said) => said === output).length;
}

async function samplesOf(
  { samples, ask }: AutoAnnotation,
  inputs: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: samples }, () => ask(inputs)));
}
