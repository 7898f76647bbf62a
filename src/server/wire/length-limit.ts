const SMALL = 10_000;
const SECRET = 65_536;
const LARGE = 256 * 1024 * 1024;

/** Most bytes of a start-up packet, as in PostgreSQL. */
export const STARTUP_LIMIT = 10_000;

const LARGE_TYPES = new Set([...'QPBdF'].map((letter) => letter.charCodeAt(0)));

/** Before a client is known it may send passwords alone. */
export function limitBeforeAuthentication(): number {
  return SECRET;
}

/** Statements, parameters and COPY data may be long, other messages cannot be. */
export function limitOfType(type: number): number {
  return LARGE_TYPES.has(type) ? LARGE : SMALL;
}
