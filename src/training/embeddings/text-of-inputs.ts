/** What an embedder is given of a call: the values of its inputs, a line each, without the criterion. */
export function textOfInputs(inputs: Readonly<Record<string, unknown>>, criterionArg: string | null): string {
  return Object.entries(inputs)
    .filter(([name]) => name !== criterionArg)
    .map(([, value]) => textOfValue(value))
    .join('\n');
}

export function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
