/** An argument of a server's function that must be given. */
export function required(name: string) {
  return { name, initial: null };
}

/** One that is NULL where it is left out. */
export function optional(name: string) {
  return { name, initial: 'NULL' };
}

export function optionalText(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}

export function optionalNumber(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
