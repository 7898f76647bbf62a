import { buildCell } from './build-cell.ts';
import { buildSqlFunction } from './build-sql-function.ts';
import { buildWards } from './build-wards.ts';
import type { CascadeYaml } from './cascade-schema.ts';
import { cascadeSchema } from './cascade-schema.ts';
import type { Cascade, Cell, SqlFunction } from './cascade.ts';
import { checkSql } from './check-sql.ts';
import { checkCell } from './check-cell.ts';
import { checkInputNames } from './check-input-names.ts';
import { checkTestCases, declaredInputs } from './declared-inputs.ts';
import { checkTemplates } from './check-templates.ts';
import { deepFreeze } from './deep-freeze.ts';
import { cascadeFingerprint } from './fingerprint.ts';
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
  checkSql(cells, inputs, source);
  checkTestCases(yaml, inputs, source);
  checkInputNames(yaml, inputs, source);
  return deepFreeze({
    cascadeId: yaml.cascade_id,
    description: yaml.description,
    file,
    source: text,
    inputs,
    sqlFunction,
    cells,
    readsTables: cells.some(({ query }) => query !== undefined),
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
  checkBody(yaml, source);
  const names = new Set<string>();
  return yaml.cells.map((cell, index) => {
    if (names.has(cell.name)) source.fail(['cells', index, 'name'], `two cells are called "${cell.name}"`);
    names.add(cell.name);
    const last = index === yaml.cells.length - 1;
    const built = buildCell(
      cell,
      last ? (yaml.sql_function?.labels ?? []) : [],
      last ? answerType(sql) : null,
      cell.wards === undefined ? null : buildWards(cell.wards, ['cells', index, 'wards'], source),
    );
    checkCell(cell, built, index, source);
    if (built.batch !== null && yaml.cells.length > 1) {
      source.fail(['cells', index, 'batch'], 'rows are packed only in a cascade of one cell');
    }
    return built;
  });
}

/** A dimension answers with the list of its labels. */
function answerType(sql: SqlFunction | null): string | null {
  if (sql === null) return null;
  return sql.shape === 'dimension' ? 'VARCHAR[]' : sql.returns;
}

/** Cells, or an expression of SQL. */
function checkBody({ cells, sql_function: sql }: CascadeYaml, source: YamlSource): void {
  const isSql = sql?.shape === 'sql';
  if (isSql !== (sql?.sql !== undefined)) {
    source.fail(['sql_function', 'sql'], 'the shape sql and an expression in "sql" go together');
  }
  if (isSql && cells.length > 0) source.fail(['cells'], 'an expression of SQL has no cells');
  if (sql?.same_by !== undefined) {
    if (cells.length > 0) source.fail(['cells'], 'a dimension with "same_by" has no cells');
    return;
  }
  if (!isSql && cells.length === 0) source.fail(['cells'], 'the cascade needs the key "cells" (array)');
}
