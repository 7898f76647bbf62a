import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('./corpus/', import.meta.url);

/** The statements by topic, one a line; those of a topic run in order on one connection. */
export function corpus(): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'));
  return new Map(files.map((name) => [name.replace('.sql', ''), statementsOf(name)]));
}

function statementsOf(name: string): readonly string[] {
  return readFileSync(new URL(name, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
