import { SqlError } from '../../errors.ts';
import type { Cascade } from '../../operators/cascade/cascade.ts';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';

/** Throws SqlError 42704. */
export function loadedCascade({ cascades }: OperatorSet, cascadeId: string): Cascade {
  const cascade = cascades.get(cascadeId);
  if (cascade !== undefined) return cascade;
  throw new SqlError('42704', `no cascade "${cascadeId}" is loaded`, {
    hint: `Loaded are ${[...cascades.keys()].join(', ')}.`,
  });
}
