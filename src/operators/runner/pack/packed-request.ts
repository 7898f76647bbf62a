import type { Cell } from '../../cascade/cascade.ts';
import type { ModelRequest } from '../../models/model-provider.ts';
import type { CellExamples } from '../cascade-runner.ts';
import type { ChosenModel, RunnerParts } from '../cell-run.ts';
import { modelOf, taskOf } from '../cell-run.ts';
import { NO_EXAMPLES } from '../render-prompt.ts';
import { uuidV7 } from '../uuid-v7.ts';
import type { PackItem } from './pack-runner.ts';
import { packMessages, packPrompt } from './pack-prompt.ts';
import type { PackPrompt } from './pack-prompt.ts';
import { packSchema } from './pack-rule.ts';

/** One request for several rows, about to be sent. */
export interface PackedRequest {
  /** The same in every row of the log that comes of it. */
  readonly id: string;
  readonly cell: Cell;
  readonly items: readonly PackItem[];
  readonly examples: CellExamples;
  readonly prompt: PackPrompt;
  readonly chosen: ChosenModel;
  readonly request: ModelRequest;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Tokens of the reply beside the answer itself: id, names and brackets of an item. */
const ITEM_TOKENS = 24;

const UNTRAINED: CellExamples = Object.freeze({ examples: Object.freeze([]), trouble: null });

/** The items are of one group: one cell, one model, one list of examples. */
export function packedRequest(parts: RunnerParts, items: readonly PackItem[]): PackedRequest {
  const [first] = items as readonly [PackItem];
  const cell = parts.cells.resolve(first.call.cascade.cells[0] as Cell, first.call.inputs);
  const examples = first.call.examples.get(cell.name) ?? UNTRAINED;
  const formatted =
    examples.examples.length === 0
      ? NO_EXAMPLES
      : parts.formatExamples(cell.training.format, examples.examples);
  const inputs = items.map(({ call }) => call.inputs);
  const prompt = packPrompt(parts.prompts, cell, inputs, formatted);
  const chosen = modelOf({ parts, scope: first.scope, cell });
  const rows = inputs.map((row, at) => ({ id: prompt.ids[at] as string, inputs: row }));
  const task = { ...taskOf({ call: first.call, cell, examples }), inputs: {}, rows };
  const request = requestOf(cell, chosen.model, prompt, task);
  return { id: uuidV7(), cell, items, examples, prompt, chosen, request, startedAt: Date.now() };
}

function requestOf(cell: Cell, model: string, prompt: PackPrompt, task: ModelRequest['task']): ModelRequest {
  const { temperature, maxTokens, timeoutMs } = cell;
  const outputSchema = packSchema(cell);
  const items = prompt.items.length;
  return {
    model,
    messages: packMessages(prompt, prompt.items),
    ...(outputSchema === undefined ? {} : { outputSchema }),
    ...(temperature === null ? {} : { temperature }),
    ...(maxTokens === null ? {} : { maxTokens: (maxTokens + ITEM_TOKENS) * items }),
    timeoutMs,
    task,
  };
}
