import type { Cell } from '../../cascade/cascade.ts';
import { SqlError } from '../../../errors.ts';
import { canonicalJson } from '../../cascade/canonical-json.ts';
import type { ChatMessage } from '../../models/model-provider.ts';
import type { CascadeCall } from '../cascade-runner.ts';
import type { RunnerParts } from '../cell-run.ts';
import { packedRequest } from '../pack/packed-request.ts';
import type { PackItem } from '../pack/pack-runner.ts';
import { NO_EXAMPLES } from '../render-prompt.ts';

/** The prompt of one cell of a call. What a cell reads of the outputs before it is not known yet and left out. */
export function cellMessages(parts: RunnerParts, call: CascadeCall, cell: Cell): readonly ChatMessage[] {
  const examples = call.examples.get(cell.name)?.examples ?? [];
  const formatted =
    examples.length === 0 ? NO_EXAMPLES : parts.formatExamples(cell.training.format, examples);
  try {
    return parts.prompts.messages(
      parts.cells.resolve(cell, call.inputs),
      { input: call.inputs, outputs: {} },
      formatted,
    );
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const row = { role: 'user' as const, content: `${cell.instructions}\n${canonicalJson(call.inputs)}` };
    const block = formatted.block === null ? [] : [{ role: 'system' as const, content: formatted.block }];
    return [...block, ...formatted.turns, row];
  }
}

/** The prompt of one request for several rows. */
export function packedMessages(parts: RunnerParts, items: readonly PackItem[]): readonly ChatMessage[] {
  return packedRequest(parts, items).request.messages;
}
