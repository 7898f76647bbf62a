/** The text of an example that has one input, which is a text; null for every other. */
export function loneText(inputs: Readonly<Record<string, unknown>>): string | null {
  const values = Object.values(inputs);
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : null;
}
