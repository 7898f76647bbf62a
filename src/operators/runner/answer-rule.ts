import { canonicalJson } from '../cascade/canonical-json.ts';
import type { Cell } from '../cascade/cascade.ts';

export interface ScoreRange {
  readonly from: number;
  readonly to: number;
}

/** The range of a score: 0 to 1, or the schema's minimum and maximum. */
export function scoreRange({ outputSchema }: Pick<Cell, 'outputSchema'>): ScoreRange {
  if (outputSchema === null) return { from: 0, to: 1 };
  return { from: bound(outputSchema.minimum, -Infinity), to: bound(outputSchema.maximum, Infinity) };
}

/** The sentence that tells a model what form a cell's answer has; null where any text will do. */
export function answerRule(cell: Pick<Cell, 'kind' | 'labels' | 'outputSchema'>): string | null {
  switch (cell.kind) {
    case 'boolean':
      return 'Answer with one word, true or false.';
    case 'score':
      return `Answer with one number ${rangeText(scoreRange(cell))} and nothing else.`;
    case 'label':
      return `Answer with exactly one of these labels and nothing else: ${cell.labels.join(', ')}.`;
    case 'json':
      return jsonRule(cell.outputSchema);
    case 'text':
      return null;
  }
}

function jsonRule(schema: Cell['outputSchema']): string {
  const rule = 'Answer with one JSON value and nothing else';
  return schema === null ? `${rule}.` : `${rule}, valid against this JSON schema: ${canonicalJson(schema)}`;
}

export function rangeText({ from, to }: ScoreRange): string {
  if (from === -Infinity && to === Infinity) return 'of any size';
  if (to === Infinity) return `of at least ${from}`;
  return from === -Infinity ? `of at most ${to}` : `from ${from} to ${to}`;
}

function bound(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
