import type { AnswerKind } from '../models/model-provider.ts';
import type { CellYaml } from './cascade-schema.ts';

/**
 * What a cell answers: as it says; else by its labels or schema; else, for the last cell of a SQL function, by the
 * type that the function returns (null for every other cell).
 */
export function answerKind(cell: CellYaml, labels: readonly string[], returns: string | null): AnswerKind {
  if (cell.kind !== undefined) return cell.kind;
  if (labels.length > 0 || cell.labels_from !== undefined) return 'label';
  if (cell.schema_from !== undefined) return 'json';
  if (cell.output_schema !== undefined) return kindOfSchema(cell.output_schema);
  if (cell.sql !== undefined && returns === null) return 'json';
  return returns === null ? 'text' : kindOfType(returns);
}

function kindOfSchema(schema: Readonly<Record<string, unknown>>): AnswerKind {
  if (schema.type === 'boolean') return 'boolean';
  return schema.type === 'number' ? 'score' : 'json';
}

/** `type` is a DuckDB type. */
export function kindOfType(type: string): AnswerKind {
  if (/^BOOL(EAN)?$/i.test(type)) return 'boolean';
  if (/^(DOUBLE|FLOAT[48]?|REAL)$/i.test(type)) return 'score';
  return /^(VARCHAR|TEXT|STRING|CHAR|BPCHAR)\b(?!.*\[)/i.test(type) ? 'text' : 'json';
}
