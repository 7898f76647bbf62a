/** Whether an answer is the expected one; where an object is expected, the answer may have more keys. */
export function meets(value: unknown, expected: unknown): boolean {
  if (isObject(value) && isObject(expected)) {
    return Object.entries(expected).every(([key, one]) => meets(value[key], one));
  }
  return JSON.stringify(value) === JSON.stringify(expected);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
