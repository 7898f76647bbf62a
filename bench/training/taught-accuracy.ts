import type { LabelledSet, LabelledText } from '../local-model/labelled-sets.ts';
import { seededOrder } from '../local-model/seeded-order.ts';
import { LocalProvider } from '../../src/operators/models/local.ts';
import type { Embedder } from '../../src/operators/models/embedder.ts';
import type { Example } from '../../src/training/example.ts';
import { makePool } from '../../src/training/pool/make-pool.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../src/training/training-settings.ts';
import type { ExamplePool } from '../../src/training/training.ts';

/** Texts that are never marked. */
export const ASKED = 150;

const NEVER = new AbortController().signal;

/** Whether the local model is right about each held-out text of a set, in their order. */
export async function answersTaught(
  embedder: Embedder,
  set: LabelledSet,
  taught: { readonly strategy: string; readonly marks: number; readonly limit: number },
  seed: number,
): Promise<readonly boolean[]> {
  const order = seededOrder(set.items, seed);
  const asked = order.slice(0, ASKED);
  const pool = await poolOf(embedder, set, order.slice(ASKED, ASKED + taught.marks), taught);
  const rows = asked.map((item) => inputsOf(set, item));
  await pool.prepare?.(rows);
  const provider = new LocalProvider(embedder);
  const right: boolean[] = [];
  for (const [at, inputs] of rows.entries()) {
    const said = await answer(provider, set, inputs, pool.pick(inputs));
    right.push(said === truthOf(set, asked[at] as LabelledText));
  }
  return right;
}

async function poolOf(
  embedder: Embedder,
  set: LabelledSet,
  marked: readonly LabelledText[],
  { strategy, limit }: { readonly strategy: string; readonly limit: number },
): Promise<ExamplePool> {
  const examples: Example[] = marked.map((item, at) => ({
    traceId: `mark-${at}`,
    inputs: inputsOf(set, item),
    output: truthOf(set, item),
    confidence: 1,
    verified: false,
    ingested: 1_000 - at,
  }));
  const embed = (texts: readonly string[]) => embedder.embed(texts);
  const snapshot = {
    version: '1',
    examples,
    vectors: await embed(marked.map(({ text }) => text)),
    conflicts: [],
    excluded: { conflicting: 0, invalid: 0 },
  };
  const criterionArg = set.question === null ? null : 'criterion';
  const cell = { cascadeId: 'bench', cellName: 'evaluate', fingerprint: '1', criterionArg };
  const settings = { ...DEFAULT_TRAINING_SETTINGS, useTraining: true, strategy, limit };
  return makePool(snapshot, cell, settings, { rows: embed, criteria: embed });
}

function inputsOf({ question }: LabelledSet, { text }: LabelledText): Readonly<Record<string, unknown>> {
  return question === null ? { text } : { text, criterion: question.criterion };
}

function truthOf({ question }: LabelledSet, { label }: LabelledText): string {
  return question === null ? label : String(label === question.yes);
}

async function answer(
  provider: LocalProvider,
  set: LabelledSet,
  inputs: Readonly<Record<string, unknown>>,
  examples: readonly Example[],
): Promise<string> {
  const { text } = await provider.complete(
    {
      model: 'static',
      messages: [],
      timeoutMs: 10_000,
      task: {
        cascadeId: 'bench',
        cellName: 'evaluate',
        kind: set.question === null ? 'label' : 'boolean',
        inputs,
        ...(set.question === null ? { labels: set.labels } : { criterionArg: 'criterion' }),
        examples,
      },
    },
    NEVER,
  );
  return text;
}
