import { readFileSync, writeFileSync } from 'node:fs';

/** What a statement gave: rows in text form, or the SQLSTATE of its error. */
export type Outcome =
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | null)[])[] }
  | { readonly error: string };

function fileOf(topic: string): URL {
  return new URL(`./recorded/${topic}.json`, import.meta.url);
}

/** PostgreSQL 15's outcomes, in the order of the topic's statements. */
export function readRecorded(topic: string): readonly Outcome[] {
  return JSON.parse(readFileSync(fileOf(topic), 'utf8')) as readonly Outcome[];
}

export function writeRecorded(topic: string, outcomes: readonly Outcome[]): void {
  writeFileSync(fileOf(topic), `[\n${outcomes.map((outcome) => JSON.stringify(outcome)).join(',\n')}\n]\n`);
}
