import { SqlError } from '../../errors.ts';

/** 54000: a join asks about more pairs than `rvbbit.max_pairs` allows. `values` describes its sides, where known. */
export function tooManyPairs(
  operator: string,
  pairs: number,
  most: number,
  values: string,
  more: { readonly detail: string; readonly recall: number },
): SqlError {
  const rule =
    more.recall < 1 ? 'a lower rvbbit.recall' : 'SET rvbbit.recall = 0.9 to rule pairs out by embedding';
  return new SqlError(
    '54000',
    `${operator} would judge ${pairs} pairs${values}; rvbbit.max_pairs allows ${most}`,
    {
      detail: more.detail,
      hint: `Add a cheap join condition, ask about each side alone (a.x MEANS '…' AND b.x MEANS '…'), ${rule}, or SET rvbbit.max_pairs = ${pairs}.`,
    },
  );
}
