import type { OperatorSet } from '../../../operators/cascade/operator-set.ts';

/** Cascade, cell and fingerprint of every loaded cell, each as one text: the key of what is not stale. */
export function currentCells(operators: OperatorSet): readonly string[] {
  return [...operators.cascades.values()].flatMap(({ cascadeId, cells }) =>
    cells.map(({ name, fingerprint }) => [cascadeId, name, fingerprint].join('/')),
  );
}

/** The same key in ClickHouse. */
export const CELL_KEY = "concat(cascade_id, '/', cell_name, '/', fingerprint)";
