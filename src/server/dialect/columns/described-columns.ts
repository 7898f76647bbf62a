import { typeOid } from '../../catalog/builtin-type-oids.ts';
import type { OutputColumn } from './output-column.ts';

export interface DescribedColumn {
  readonly name: string;
  /** The oid of the type to tell the client; null where DuckDB's type decides. */
  readonly typeOid: number | null;
}

/**
 * Lays what PostgreSQL would say over what DuckDB described. One star is spread over the columns that the others
 * leave; with more than one only the columns before the first and after the last are sure.
 */
export function describedColumns(
  known: readonly OutputColumn[] | null,
  described: readonly string[],
): readonly DescribedColumn[] {
  const columns = known ?? [];
  const stars = columns.filter(({ star }) => star).length;
  const first = columns.findIndex(({ star }) => star);
  const last = columns.findLastIndex(({ star }) => star);
  if (stars === 0 && columns.length !== described.length) return described.map(plain);
  const fromEnd = described.length - columns.length;
  return described.map((name, at) => {
    const column =
      stars === 0 || at < first ? columns[at] : at - fromEnd > last ? columns[at - fromEnd] : undefined;
    return column === undefined || column.star
      ? plain(name)
      : { name: column.name ?? name, typeOid: typeOid(column.type) };
  });
}

function plain(name: string): DescribedColumn {
  return { name, typeOid: null };
}
