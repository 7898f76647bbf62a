/** The inputs of a call as one text for an embedder: their values, a line each. */
export function inputText(inputs: string | Readonly<Record<string, unknown>>): string {
  const values =
    typeof inputs === 'string' ? (JSON.parse(inputs) as Readonly<Record<string, unknown>>) : inputs;
  return Object.values(values)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join('\n');
}
