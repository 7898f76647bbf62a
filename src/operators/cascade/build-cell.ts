import type { TrainingSettings } from '../../training/training-settings.ts';
import { answerKind } from './answer-kind.ts';
import type { CellYaml } from './cascade-schema.ts';
import type { Cell, Takes, Wards } from './cascade.ts';
import type { AnswerKind } from '../models/model-provider.ts';
import { schemaOfType } from './schema-of-type.ts';
import { cellFingerprint } from './fingerprint.ts';

/** Of 2,000 calls, of which 5% go wrong by chance, all end well in 999 of 1,000 statements. */
const DEFAULT_MAX_RETRIES = 4;

/** Of a SELECT: what a prompt may well hold. */
const DEFAULT_ROWS = 100;

/** `labels` and `returns` are the SQL function's, for the cell that answers for it; otherwise empty and null. */
export function buildCell(
  yaml: CellYaml,
  labels: readonly string[],
  returns: string | null,
  wards: Wards | null = null,
): Cell {
  const ownLabels = yaml.labels ?? labels;
  const kind = answerKind(yaml, ownLabels, returns);
  const question = {
    instructions: withContext(yaml),
    kind,
    labels: ownLabels,
    outputSchema: yaml.output_schema ?? returnedSchema(yaml, kind, returns),
    ...(yaml.labels_from === undefined ? {} : { labelsFrom: yaml.labels_from }),
    ...(yaml.schema_from === undefined ? {} : { schemaFrom: yaml.schema_from }),
    ...instead(yaml),
  };
  return {
    name: yaml.name,
    ...question,
    ...(yaml.local === undefined ? {} : { local: yaml.local }),
    model: yaml.model ?? null,
    maxRetries: yaml.max_retries ?? yaml.retries?.max ?? DEFAULT_MAX_RETRIES,
    temperature: yaml.temperature ?? null,
    maxTokens: yaml.max_tokens ?? null,
    timeoutMs: yaml.timeout_ms,
    ...(wards === null ? {} : { wards }),
    takes: buildTakes(yaml),
    batch:
      yaml.batch === undefined ? null : { maxItems: yaml.batch.max_items, maxTokens: yaml.batch.max_tokens },
    training: buildTraining(yaml),
    fingerprint: cellFingerprint(question),
  };
}

/** Of the type that the function returns, where it is a STRUCT or a list and the cell has no schema of its own. */
function returnedSchema(yaml: CellYaml, kind: AnswerKind, returns: string | null): Cell['outputSchema'] {
  const own = kind === 'json' && yaml.schema_from === undefined && yaml.instructions !== undefined;
  return own && returns !== null && /\]$|^STRUCT/i.test(returns) ? (schemaOfType(returns) ?? null) : null;
}

/** What the cell does instead of asking a model. */
function instead(yaml: CellYaml): Pick<Cell, 'query' | 'calls'> {
  if (yaml.sql !== undefined) return { query: { sql: yaml.sql, maxRows: yaml.max_rows ?? DEFAULT_ROWS } };
  if (yaml.cascade !== undefined) return { calls: { cascadeId: yaml.cascade, inputs: yaml.inputs ?? {} } };
  return {};
}

/** Behind the instructions, so that what all rows share stays in front. */
function withContext({ instructions = '', context = [] }: CellYaml): string {
  const told = context.map((name) => {
    const output = `outputs.${name}`;
    return `\n\nOutput of "${name}":\n{{ ${output} if ${output} is string else ${output} | tojson }}`;
  });
  return (
    instructions.trimEnd() +
    told.join('') +
    (told.length === 0 ? instructions.slice(instructions.trimEnd().length) : '')
  );
}

function buildTakes({ takes }: CellYaml): Takes | null {
  if (takes === undefined) return null;
  return { count: takes.n, reduce: takes.reduce, evaluator: takes.evaluator ?? null };
}

function buildTraining(yaml: CellYaml): TrainingSettings {
  return {
    useTraining: yaml.use_training,
    limit: yaml.training_limit,
    strategy: yaml.training_strategy,
    minConfidence: yaml.training_min_confidence,
    verifiedOnly: yaml.training_verified_only,
    format: yaml.training_format,
  };
}
