import { useState } from 'react';

/** The array of before as long as its elements are the same: who compares arrays then has nothing to do. */
export function useSameArray<T>(list: readonly T[]): readonly T[] {
  const [kept, setKept] = useState(list);
  if (kept === list || isSame(kept, list)) return kept;
  setKept(list);
  return list;
}

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}
