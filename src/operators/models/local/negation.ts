/** What a criterion asks for, and whether it asks for it or for its absence. */
export interface Stance {
  readonly criterion: string;
  readonly sign: 1 | -1;
}

const NEGATION = /^(?:(?:is|are|was|does|do)\s+not|(?:is|are|was|does|do)n't|not)\s+/i;

/** Vectors of a phrase and of its negation are near one another, so the negation is taken off and counted. */
export function stance(criterion: string): Stance {
  const asked = criterion.trim();
  const plain = asked.replace(NEGATION, '');
  return plain === asked ? { criterion: asked, sign: 1 } : { criterion: plain, sign: -1 };
}
