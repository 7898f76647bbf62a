/**
 * JSON in one spelling: keys sorted by code unit, no white space, no undefined, -0 as 0, an integer beyond 2^53 as
 * text. Throws TypeError for what JSON cannot say (NaN, functions, a lone undefined).
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(canonicalValue(value));
}

/** The value that canonical JSON spells, as parsed from it. */
export function canonicalValue(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'bigint') return canonicalInteger(value);
  if (Array.isArray(value)) return value.map(canonicalValue);
  if (typeof value === 'object') return canonicalObject(value);
  throw new TypeError(`${typeof value} has no JSON`);
}

function canonicalNumber(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON`);
  return value === 0 ? 0 : value;
}

function canonicalInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** `__proto__` is a key like any other, hence no assignment. */
function canonicalObject(value: object): Record<string, unknown> {
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]): [string, unknown] => [key, canonicalValue(item)]);
  return Object.fromEntries(entries);
}
