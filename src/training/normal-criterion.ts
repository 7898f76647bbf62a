import type { Example } from './example.ts';

/** Two criteria are the same question when they differ only in case, spaces and the way letters are composed. */
export function normalCriterion(criterion: unknown): string {
  const text = typeof criterion === 'string' ? criterion : (JSON.stringify(criterion) ?? '');
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** The criterion of each example, as few distinct ones as there are; '' where the cascade names no criterion. */
export function normalCriteria(
  examples: readonly Pick<Example, 'inputs'>[],
  criterionArg: string | null,
): readonly string[] {
  const known = new Map<unknown, string>();
  return examples.map(({ inputs }) => {
    if (criterionArg === null) return '';
    const criterion = inputs[criterionArg];
    const normal = known.get(criterion) ?? normalCriterion(criterion);
    known.set(criterion, normal);
    return normal;
  });
}
