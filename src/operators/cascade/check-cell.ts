import { messageOf } from '../../errors.ts';
import type { CellYaml } from './cascade-schema.ts';
import type { Cell } from './cascade.ts';
import { compileOutputSchema } from './output-schema.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** Throws StartupError where keys of one cell contradict one another, or its schema is none. */
export function checkCell(yaml: CellYaml, cell: Cell, index: number, source: YamlSource): void {
  const path = ['cells', index];
  checkBody(yaml, path, source);
  if (cell.kind === 'label' && cell.labels.length === 0 && cell.labelsFrom === undefined) {
    source.fail([...path, 'kind'], 'the kind label needs labels or labels_from');
  }
  if (yaml.retries !== undefined && yaml.max_retries !== undefined) {
    source.fail([...path, 'max_retries'], 'max_retries and retries say the same: keep one');
  }
  if ((cell.takes?.reduce === 'evaluator') !== (cell.takes !== null && cell.takes.evaluator !== null)) {
    source.fail([...path, 'takes'], '"reduce: evaluator" and the prompt "evaluator" go together in takes');
  }
  if (cell.takes?.reduce === 'median' && cell.kind !== 'score') {
    source.fail(
      [...path, 'takes'],
      `a median is of numbers, and the cell answers with ${cell.kind}: let it vote`,
    );
  }
  if (cell.batch !== null && cell.wards !== undefined) {
    source.fail([...path, 'batch'], 'batch and wards do not go together: a ward is about one row');
  }
  if (cell.batch !== null && cell.takes !== null) {
    source.fail([...path, 'batch'], 'batch and takes do not go together: a row in company is asked once');
  }
  if (cell.outputSchema !== null) checkOutputSchema(cell.outputSchema, [...path, 'output_schema'], source);
}

/** Keys of a cell that say how a model is asked. */
const OF_MODELS = Object.freeze([
  ...([
    'context',
    'model',
    'labels_from',
    'schema_from',
    'local',
    'retries',
    'max_retries',
    'temperature',
  ] as const),
  ...(['max_tokens', 'takes', 'batch'] as const),
]);

function checkBody(yaml: CellYaml, path: YamlPath, source: YamlSource): void {
  const bodies = (['instructions', 'sql', 'cascade'] as const).filter((key) => yaml[key] !== undefined);
  if (bodies.length !== 1) {
    source.fail(path, 'a cell has one of "instructions", "sql" and "cascade"');
  }
  const refuse = (key: string, body: string): never =>
    source.fail([...path, key], `"${key}" says nothing to a cell with "${body}"`);
  const asksNone = yaml.sql !== undefined || yaml.cascade !== undefined;
  const ofModels = asksNone ? OF_MODELS.find((key) => yaml[key] !== undefined) : undefined;
  if (ofModels !== undefined) refuse(ofModels, bodies[0] ?? '');
  if (asksNone && yaml.use_training) refuse('use_training', bodies[0] ?? '');
  if (yaml.inputs !== undefined && yaml.cascade === undefined) refuse('inputs', bodies[0] ?? '');
  if (yaml.max_rows !== undefined && yaml.sql === undefined) refuse('max_rows', bodies[0] ?? '');
}

function checkOutputSchema(
  schema: Readonly<Record<string, unknown>>,
  path: YamlPath,
  source: YamlSource,
): void {
  try {
    compileOutputSchema(schema);
  } catch (error) {
    source.fail(path, `output_schema is no JSON schema: ${messageOf(error)}`);
  }
}
