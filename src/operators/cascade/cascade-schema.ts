import { z } from 'zod';
import { DEFAULT_TRAINING_SETTINGS } from '../../training/training-settings.ts';
import { LOCAL_WAYS } from '../models/local-ways.ts';
import { DEFAULT_BATCH_TOKENS, DEFAULT_GROUP_TOKENS } from './cascade.ts';

const name = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a name has letters, digits and _, and begins with no digit');
const prompt = z.string().refine((text) => text.trim() !== '', 'a prompt cannot be empty');
const labels = z.array(z.string().min(1)).min(2);

const ttl = z
  .string()
  .regex(/^[1-9]\d{0,5}\s*[smhd]$/, 'a time is a whole number and s, m, h or d, as in 12h');

const argument = z.strictObject({
  name,
  type: z.string().min(1).default('VARCHAR'),
  optional: z.boolean().optional(),
  default: z.json().optional(),
  role: z.enum(['value', 'criterion']).optional(),
});

const sqlFunction = z.strictObject({
  name: name.toLowerCase(),
  description: z.string().default(''),
  args: z.array(argument).min(1),
  returns: z.string().min(1).default('VARCHAR'),
  /** The argument that holds the structure of what is returned, as from_json of DuckDB reads it. */
  returns_arg: name.optional(),
  /**
   * `aggregate` gets the values of a group as its first argument, a list. `dimension` gets all distinct values of a
   * statement so, and answers with labels, of which `assign_with` then picks one a value; with `same_by` it has no
   * cells, and of the values that the named cascade says are the same one stands for all.
   * `table` returns the rows of a table: `TABLE(name VARCHAR, …)`, a STRUCT[] or another list.
   * `sql` is an expression over the arguments and has no cells.
   */
  shape: z.enum(['scalar', 'aggregate', 'dimension', 'table', 'sql']).default('scalar'),
  operators: z.array(z.string()).default([]),
  labels: labels.optional(),
  sql: prompt.optional(),
  assign_with: z.string().min(1).optional(),
  reflexive: z.boolean().default(false),
  same_by: z.string().min(1).optional(),
  /** True where it is left out, unless a cell reads tables. */
  cache: z.boolean().optional(),
  ttl: ttl.optional(),
  /** Of an aggregate: most tokens, estimated, of the values in one call. */
  max_tokens: z.int().min(64).default(DEFAULT_GROUP_TOKENS),
});

const takes = z.strictObject({
  n: z.int().min(2).max(100),
  reduce: z.enum(['vote', 'median', 'first_valid', 'evaluator']).default('vote'),
  evaluator: prompt.optional(),
});

const ward = z.strictObject({
  sql: prompt.optional(),
  schema: z.record(z.string(), z.json()).optional(),
  mode: z.enum(['blocking', 'retry', 'advisory']).optional(),
  message: z.string().min(1).optional(),
});

const wards = z.strictObject({ pre: z.array(ward).default([]), post: z.array(ward).default([]) });

const batch = z.strictObject({
  max_items: z.int().min(1).max(256).default(16),
  max_tokens: z.int().min(1).default(DEFAULT_BATCH_TOKENS),
});

const cell = z.strictObject({
  name,
  /** One of the three: what to ask a model, a SELECT, or the id of another cascade. */
  instructions: prompt.optional(),
  sql: prompt.optional(),
  cascade: z.string().min(1).optional(),
  /** Of another cascade: templates or values, by the names of its inputs. */
  inputs: z.record(name, z.json()).optional(),
  max_rows: z.int().min(1).max(10_000).optional(),
  /** Earlier cells whose outputs stand behind the instructions. */
  context: z.array(name).optional(),
  wards: wards.optional(),
  model: z.string().min(1).optional(),
  kind: z.enum(['boolean', 'score', 'label', 'text', 'json']).optional(),
  labels: labels.optional(),
  labels_from: name.optional(),
  output_schema: z.record(z.string(), z.json()).optional(),
  schema_from: name.optional(),
  local: z.enum(LOCAL_WAYS).optional(),
  retries: z.strictObject({ max: z.int().min(0).max(20) }).optional(),
  max_retries: z.int().min(0).max(20).optional(),
  temperature: z.number().min(0).max(2).optional(),
  max_tokens: z.int().min(1).optional(),
  timeout_ms: z.int().min(1).default(60_000),
  takes: takes.optional(),
  batch: batch.optional(),
  use_training: z.boolean().default(DEFAULT_TRAINING_SETTINGS.useTraining),
  training_limit: z.int().min(0).default(DEFAULT_TRAINING_SETTINGS.limit),
  training_strategy: z.string().min(1).default(DEFAULT_TRAINING_SETTINGS.strategy),
  training_min_confidence: z.number().min(0).max(1).default(DEFAULT_TRAINING_SETTINGS.minConfidence),
  training_verified_only: z.boolean().default(DEFAULT_TRAINING_SETTINGS.verifiedOnly),
  training_format: z.string().min(1).default(DEFAULT_TRAINING_SETTINGS.format),
});

const testCase = z.strictObject({
  inputs: z.record(z.string(), z.json()),
  expect: z.json(),
});

/** A cascade file as YAML spells it. Every object is strict: what is not executed is not accepted. */
export const cascadeSchema = z.strictObject({
  cascade_id: z
    .string()
    .regex(/^[A-Za-z_][\w.-]*$/, 'an id has letters, digits, _ . and -, and begins with a letter'),
  description: z.string().default(''),
  inputs: z
    .union([z.array(name), z.record(name, z.string())], {
      error: 'expected a list of names, or a map from name to description',
    })
    .optional(),
  sql_function: sqlFunction.optional(),
  cells: z.array(cell).default([]),
  test_cases: z.array(testCase).default([]),
});

export type CascadeYaml = z.output<typeof cascadeSchema>;
export type CellYaml = CascadeYaml['cells'][number];
export type WardYaml = z.output<typeof ward>;
export type WardsYaml = z.output<typeof wards>;
export type SqlFunctionYaml = NonNullable<CascadeYaml['sql_function']>;
