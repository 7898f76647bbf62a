import { Ajv } from 'ajv';
import { messageOf } from '../../errors.ts';
import { buildCell } from './build-cell.ts';
import { buildSqlFunction } from './build-sql-function.ts';
import type { CascadeYaml, CellYaml } from './cascade-schema.ts';
import { cascadeSchema } from './cascade-schema.ts';
import type { Cascade, Cell, SqlFunction } from './cascade.ts';
import { checkTemplates } from './check-templates.ts';
import { deepFreeze } from './deep-freeze.ts';
import { cascadeFingerprint } from './fingerprint.ts';
import { suggestion } from './nearest.ts';
import { failSchema } from './schema-problem.ts';
import { YamlSource } from './yaml-source.ts';

/**
 * A cascade from the text of its file. Throws StartupError, `file:line: what is wrong`. The names of training
 * strategies and formats are not checked here: the training room knows them.
 */
export function loadCascade(file: string, text: string): Cascade {
  const source = new YamlSource(file, text);
  const yaml = readYaml(source);
  const sqlFunction = yaml.sql_function === undefined ? null : buildSqlFunction(yaml.sql_function, source);
  const cells = buildCells(yaml, sqlFunction, source);
  const inputs = checkTemplates(cells, declaredInputs(yaml, sqlFunction, source), source);
  checkTestCases(yaml, inputs, source);
  return deepFreeze({
    cascadeId: yaml.cascade_id,
    description: yaml.description,
    file,
    source: text,
    inputs,
    sqlFunction,
    cells,
    testCases: yaml.test_cases,
    fingerprint: cascadeFingerprint({ cascadeId: yaml.cascade_id, cells }),
  });
}

function readYaml(source: YamlSource): CascadeYaml {
  const value = source.value();
  if (typeof value !== 'object' || value === null) source.fail([], 'the file holds no cascade');
  const result = cascadeSchema.safeParse(value, { reportInput: true });
  return result.success ? result.data : failSchema(source, cascadeSchema, result.error);
}

function buildCells(yaml: CascadeYaml, sql: SqlFunction | null, source: YamlSource): readonly Cell[] {
  const names = new Set<string>();
  return yaml.cells.map((cell, index) => {
    if (names.has(cell.name)) source.fail(['cells', index, 'name'], `two cells are called "${cell.name}"`);
    names.add(cell.name);
    const last = index === yaml.cells.length - 1;
    const built = buildCell(
      cell,
      last ? (yaml.sql_function?.labels ?? []) : [],
      last ? (sql?.returns ?? null) : null,
    );
    checkCell(cell, built, index, source);
    return built;
  });
}

function checkCell(yaml: CellYaml, cell: Cell, index: number, source: YamlSource): void {
  const path = ['cells', index];
  if (cell.kind === 'label' && cell.labels.length === 0)
    source.fail([...path, 'kind'], 'the kind label needs labels');
  if (yaml.retries !== undefined && yaml.max_retries !== undefined) {
    source.fail([...path, 'max_retries'], 'max_retries and retries say the same: keep one');
  }
  if ((cell.takes?.reduce === 'evaluator') !== (cell.takes !== null && cell.takes.evaluator !== null)) {
    source.fail([...path, 'takes'], '"reduce: evaluator" and the prompt "evaluator" go together in takes');
  }
  if (cell.outputSchema !== null) checkOutputSchema(cell.outputSchema, [...path, 'output_schema'], source);
}

function checkOutputSchema(schema: object, path: readonly (string | number)[], source: YamlSource): void {
  try {
    new Ajv({ strict: false }).compile(schema);
  } catch (error) {
    source.fail(path, `output_schema is no JSON schema: ${messageOf(error)}`);
  }
}

/** null where the file declares none. */
function declaredInputs(
  yaml: CascadeYaml,
  sql: SqlFunction | null,
  source: YamlSource,
): readonly string[] | null {
  const args = sql?.args.map((arg) => arg.name) ?? null;
  if (yaml.inputs === undefined) return args;
  const inputs = Array.isArray(yaml.inputs) ? yaml.inputs : Object.keys(yaml.inputs);
  const missing = inputs.find((name) => args !== null && !args.includes(name));
  if (missing !== undefined) {
    source.fail(
      ['inputs'],
      `the input "${missing}" is no argument of sql_function. ${suggestion(missing, args ?? [])}`,
    );
  }
  return [...new Set([...(args ?? []), ...inputs])];
}

function checkTestCases(yaml: CascadeYaml, inputs: readonly string[], source: YamlSource): void {
  for (const [index, testCase] of yaml.test_cases.entries()) {
    const unknown = Object.keys(testCase.inputs).find((name) => !inputs.includes(name));
    if (unknown === undefined) continue;
    const path = ['test_cases', index, 'inputs', unknown];
    source.fail(path, `"${unknown}" is no input of the cascade. ${suggestion(unknown, inputs)}`);
  }
}
