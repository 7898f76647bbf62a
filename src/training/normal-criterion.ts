/** Two criteria are the same question when they differ only in case, spaces and the way letters are composed. */
export function normalCriterion(criterion: unknown): string {
  const text = typeof criterion === 'string' ? criterion : (JSON.stringify(criterion) ?? '');
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
