import { existsSync, readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../shared/clients/', import.meta.url);

export interface ClientStatement {
  readonly id: string;
  readonly client: string;
  readonly sql: string;
}

/** Statements that are the session's, not the translator's. */
const OF_THE_SESSION =
  /^\s*(?:SET|SHOW|BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|DISCARD|DEALLOCATE|DECLARE|FETCH|MOVE|CLOSE|COPY|RESET|LISTEN|UNLISTEN|PREPARE|EXECUTE)\b/i;

export const present = existsSync(FOLDER);

/** The captured statements that reach the translator, one at a time. */
export function clientStatements(): readonly ClientStatement[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.sql') && name !== 'schema.sql');
  return files
    .flatMap((file) => statementsOf(file))
    .filter(({ sql }) => !OF_THE_SESSION.test(withoutComments(sql)) && !/;\s*\S/.test(sql));
}

function statementsOf(file: string): readonly ClientStatement[] {
  const [, ...blocks] = readFileSync(new URL(file, FOLDER), 'utf8').split(/^-- >>> /m);
  return blocks.map((block) => {
    const [head = '', ...lines] = block.split('\n');
    const text = lines.slice(0, lines.indexOf(';'));
    const from = text.findIndex((line) => !line.startsWith('-- '));
    return {
      id: head.split('|')[0]?.trim() ?? '',
      client: file.replace('.sql', ''),
      sql: text.slice(from).join('\n').trim().replace(/;$/, ''),
    };
  });
}

function withoutComments(sql: string): string {
  return sql.replace(/^(?:\s*(?:--[^\n]*\n|\/\*.*?\*\/))+/s, '');
}

export function parameterCount(sql: string): number {
  return Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])));
}
