import { codeTokens } from '../../operators/lexer/code-token.ts';
import type { StatementKind } from '../../operators/lexer/statement-kind.ts';

const COUNTED: Partial<Record<StatementKind, string>> = Object.freeze({
  insert: 'INSERT 0',
  update: 'UPDATE',
  delete: 'DELETE',
  merge: 'MERGE',
  create_table_as: 'SELECT',
  copy_to: 'COPY',
  copy_from: 'COPY',
});

const FIXED: Partial<Record<StatementKind, string>> = Object.freeze({
  truncate: 'TRUNCATE TABLE',
  create_table: 'CREATE TABLE',
  create_view: 'CREATE VIEW',
  explain: 'EXPLAIN',
  vacuum: 'VACUUM',
  analyze: 'ANALYZE',
  checkpoint: 'CHECKPOINT',
  call: 'CALL',
  attach: 'ATTACH',
  detach: 'DETACH',
  use: 'USE',
  set: 'SET',
  reset: 'RESET',
  show: 'SHOW',
  describe: 'SHOW',
});

/** Words between CREATE, DROP or ALTER and the kind of object. */
const OPTIONS: ReadonlySet<string> = new Set(
  'OR REPLACE TEMP TEMPORARY LOCAL GLOBAL UNIQUE UNLOGGED RECURSIVE PERSISTENT TRUSTED'.split(' '),
);

/** The tag of a statement that gives rows. */
export function rowsTag(kind: StatementKind, count: number): string {
  if (kind === 'explain' || kind === 'call') return FIXED[kind] ?? '';
  return `${COUNTED[kind] ?? 'SELECT'} ${count}`;
}

/** The tag of a statement that gives none; `changed` is the number of rows it changed. */
export function commandTag(kind: StatementKind, sql: string, changed: number): string {
  const counted = COUNTED[kind];
  return counted === undefined ? (FIXED[kind] ?? wordsTag(sql)) : `${counted} ${changed}`;
}

/** `CREATE UNIQUE INDEX …` → `CREATE INDEX`. */
function wordsTag(sql: string): string {
  const words = codeTokens(sql).map((token) => (token.kind === 'word' ? token.text : ''));
  const [first = '', ...rest] = words;
  if (!['CREATE', 'DROP', 'ALTER'].includes(first)) return first;
  const at = rest.findIndex((word) => !OPTIONS.has(word));
  const object = rest[at] === 'MATERIALIZED' ? `MATERIALIZED ${rest[at + 1] ?? ''}` : (rest[at] ?? '');
  return `${first} ${object === 'MACRO' ? 'FUNCTION' : object}`;
}
