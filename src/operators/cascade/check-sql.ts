import type { Cell } from './cascade.ts';
import { suggestion } from './nearest.ts';
import { sqlNames } from './sql-names.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** Under which a ward behind a cell reads its answer. */
export const OUTPUT = 'output';

/** Throws StartupError where the SQL of a cell or a ward reads a `$name` that is neither input nor earlier cell. */
export function checkSql(cells: readonly Cell[], inputs: readonly string[], source: YamlSource): void {
  for (const [index, cell] of cells.entries()) {
    const known = [...inputs, ...cells.slice(0, index).map(({ name }) => name)];
    const check = (sql: string | null | undefined, path: YamlPath, names: readonly string[]): void => {
      const unknown = sqlNames(sql ?? '').find((name) => !names.includes(name));
      if (unknown === undefined) return;
      source.fail(path, `$${unknown} is no input and no earlier cell. ${suggestion(unknown, names)}`);
    };
    const path = ['cells', index];
    check(cell.query?.sql, [...path, 'sql'], known);
    for (const [at, ward] of (cell.wards?.pre ?? []).entries())
      check(ward.sql, [...path, 'wards', 'pre', at, 'sql'], known);
    for (const [at, ward] of (cell.wards?.post ?? []).entries())
      check(ward.sql, [...path, 'wards', 'post', at, 'sql'], [...known, OUTPUT]);
  }
}
