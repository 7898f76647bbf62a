import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { Cascade, Cell } from './cascade.ts';

/** Goes up when the way a prompt is put together changes, for the models then see another text for the same cascade. */
const PROMPT_LAYOUT = 1;

type CellQuestion = Pick<
  Cell,
  'instructions' | 'kind' | 'labels' | 'labelsFrom' | 'outputSchema' | 'schemaFrom' | 'query' | 'calls'
>;

/** Of what a cell asks and accepts. Marks belong to it, so a change of model or sampling keeps them. */
export function cellFingerprint(cell: CellQuestion): string {
  return sha256({
    instructions: cell.instructions,
    kind: cell.kind,
    labels: cell.labels,
    outputSchema: cell.outputSchema,
    labelsFrom: cell.labelsFrom,
    schemaFrom: cell.schemaFrom,
    query: cell.query,
    calls: cell.calls,
  });
}

/**
 * Of everything in the file that can change an answer: id, prompts, models, sampling, kinds, labels, schemas, takes,
 * wards.
 * Not of descriptions, test cases, time-outs, retries and training settings (the examples themselves are part of the
 * answer key), nor of the configured model, which a cell without one takes.
 */
export function cascadeFingerprint(cascade: Pick<Cascade, 'cascadeId' | 'cells'>): string {
  return sha256({
    layout: PROMPT_LAYOUT,
    cascadeId: cascade.cascadeId,
    cells: cascade.cells.map((cell) => ({
      name: cell.name,
      fingerprint: cell.fingerprint,
      model: cell.model,
      temperature: cell.temperature,
      maxTokens: cell.maxTokens,
      takes: cell.takes,
      wards: cell.wards,
    })),
  });
}

function sha256(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
