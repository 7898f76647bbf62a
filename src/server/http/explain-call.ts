import type { Cascade, Cell } from '../../operators/cascade/cascade.ts';
import { canonicalJson } from '../../operators/cascade/canonical-json.ts';
import { explainTraining } from '../../operators/measuring/explain-training.ts';
import type { Embedder } from '../../operators/models/embedder.ts';
import { NO_EXAMPLES, PromptRenderer } from '../../operators/runner/render-prompt.ts';
import type { Example } from '../../training/example.ts';
import type { Training } from '../../training/training.ts';
import { cosine, inputVectors } from './reads/input-vectors.ts';
import type { Explanation, Message, ScoredExample } from './schemas/explain.ts';

export interface ExplainParts {
  readonly pools: Training;
  readonly embedder: Embedder;
}

export interface CallToExplain {
  readonly cascade: Cascade;
  readonly cell: Cell;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Of the cells before, by name. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The examples that the call would get now and its prompt with and without them. Calls no model. */
export async function explainCall(parts: ExplainParts, call: CallToExplain): Promise<Explanation> {
  const { cascade, cell, inputs, outputs } = call;
  const { pool, examples: picked, written } = await explainTraining(parts.pools, call, inputs);
  const prompts = new PromptRenderer();
  const values = { input: inputs, outputs };
  return {
    cascade_id: cascade.cascadeId,
    cell_name: cell.name,
    inputs: canonicalJson(inputs),
    use_training: cell.training.useTraining,
    strategy: cell.training.strategy,
    format: cell.training.format,
    limit: cell.training.limit,
    eligible: pool.size,
    trouble: pool.trouble,
    examples: await scored(parts.embedder, picked, inputs),
    prompt_with: copied(prompts.messages(cell, values, written)),
    prompt_without: copied(prompts.messages(cell, values, NO_EXAMPLES)),
  };
}

async function scored(
  embedder: Embedder,
  examples: readonly Example[],
  inputs: Readonly<Record<string, unknown>>,
): Promise<ScoredExample[]> {
  const [own, ...others] = await inputVectors(embedder, [
    inputs,
    ...examples.map((example) => example.inputs),
  ]);
  return examples.map(({ traceId, inputs: taught, output, confidence, verified, similarity }, at) => {
    const other = others[at];
    const measured = own === undefined || other === undefined ? null : cosine(own, other);
    return {
      trace_id: traceId,
      inputs: canonicalJson(taught),
      output,
      confidence,
      verified,
      similarity: similarity ?? measured,
    };
  });
}

function copied(messages: readonly Message[]): Message[] {
  return messages.map(({ role, content }) => ({ role, content }));
}
