import type { SemanticExplanation } from './explanation.ts';

/** As `EXPLAIN (FORMAT JSON)` gives it: one array of one object, with names as SQL has them. */
export function explanationJson(explanation: SemanticExplanation): string {
  return JSON.stringify([snakeCased(explanation)], null, 2);
}

function snakeCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [snakeCase(name), snakeCased(field)]),
  );
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
