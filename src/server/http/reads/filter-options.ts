import type { OperatorSet } from '../../../operators/cascade/operator-set.ts';
import type { Store } from '../../../training/log/store.ts';
import type { FilterOptions } from '../schemas/examples.ts';

interface CellCount {
  readonly cascade_id: string;
  readonly cell_name: string;
  readonly count: number;
}

/** What the log holds to filter by, most frequent first. */
export async function readFilterOptions(store: Store, operators: OperatorSet): Promise<FilterOptions> {
  const [cells, models, tags] = await Promise.all([
    store.query<CellCount>('studio', counted('cascade_id, cell_name', 'rvbbit.training_examples')),
    store.query<FilterOptions['models'][number]>('studio', counted('model', 'rvbbit.training_examples')),
    store.query<FilterOptions['tags'][number]>(
      'studio',
      `SELECT arrayJoin(tags) AS tag, count() AS count FROM rvbbit.training_annotations FINAL
       GROUP BY tag ORDER BY count DESC, tag LIMIT 100`,
    ),
  ]);
  return {
    cells: cells.map((cell) => ({ ...cell, loaded: isLoaded(cell, operators) })),
    models: [...models],
    tags: [...tags],
  };
}

function counted(columns: string, table: string): string {
  return `SELECT ${columns}, count() AS count FROM ${table} GROUP BY ${columns} ORDER BY count DESC, ${columns}`;
}

function isLoaded({ cascade_id, cell_name }: CellCount, operators: OperatorSet): boolean {
  return operators.cascades.get(cascade_id)?.cells.some(({ name }) => name === cell_name) ?? false;
}
