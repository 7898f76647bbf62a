import { SqlError } from '../../errors.ts';
import { codeTokens, isSign, isWord, tokenAt } from '../../operators/lexer/code-token.ts';
import { matchingEnd } from '../../operators/lexer/brackets.ts';
import { statementKind, type StatementKind } from '../../operators/lexer/statement-kind.ts';
import type { Role } from './role.ts';

type Kinds = ReadonlySet<StatementKind>;

/** They change nothing that outlives the session. */
const READING: Kinds = new Set<StatementKind>([
  'empty',
  'select',
  'values',
  'from_first',
  'pivot',
  'describe',
  'summarize',
  'show',
  'explain',
  'set',
  'reset',
  'begin',
  'commit',
  'rollback',
  'rollback_to',
  'savepoint',
  'release',
  'prepare',
  'execute',
  'deallocate',
  'declare',
  'fetch',
  'move',
  'close',
  'listen',
  'unlisten',
  'notify',
  'discard',
  'copy_to',
  'use',
]);

const WRITING: Kinds = new Set<StatementKind>([
  'insert',
  'update',
  'delete',
  'merge',
  'truncate',
  'create_table',
  'create_table_as',
  'create_view',
  'create',
  'drop',
  'alter',
  'copy_from',
  'vacuum',
  'analyze',
]);

/** What CREATE, DROP and ALTER may name; everything else (SECRET, DATABASE, …) is the superuser's. */
const OBJECTS = Object.freeze(['TABLE', 'VIEW', 'SCHEMA', 'INDEX', 'SEQUENCE', 'TYPE', 'MACRO', 'FUNCTION']);
const OPTIONS = Object.freeze([
  'OR',
  'REPLACE',
  'TEMP',
  'TEMPORARY',
  'UNIQUE',
  'UNLOGGED',
  'RECURSIVE',
  'MATERIALIZED',
]);

/** Throws SqlError where a role that is no superuser may not give such a statement at all. */
export function guardKind(sql: string, kind: StatementKind, role: Role): void {
  if (role.superuser) return;
  const inner = kind === 'explain' ? explainedKind(sql) : kind;
  if (READING.has(inner)) return;
  if (!WRITING.has(inner) && !isComment(sql)) throw denied(sql);
  if (role.readOnly) throw readOnly(sql, role);
  if (inner === 'create' || inner === 'drop' || inner === 'alter') requireObject(sql);
}

/** Statements that DuckDB answers itself, and what of them is closed. Throws SqlError. */
export function guardEngineKind(
  sql: string,
  kind: StatementKind,
  rights: { readonly readsFiles: boolean; readonly writesFiles: boolean },
): void {
  if (kind === 'copy_to' && !rights.writesFiles) throw noFile('write', 'COPY TO STDOUT');
  if (kind === 'copy_from' && !rights.readsFiles) throw noFile('read', 'COPY FROM STDIN');
  if (kind !== 'set' && kind !== 'reset') return;
  const code = codeTokens(sql);
  const name = tokenAt(code, 2);
  const own = isWord(tokenAt(code, 1), 'VARIABLE') && /^\w+$/.test(sql.slice(name.start, name.end));
  if (own && !/^rvbbit_/i.test(sql.slice(name.start, name.end))) return;
  throw new SqlError('42501', 'permission denied to set a parameter of the engine', {
    hint: 'A superuser may do it.',
  });
}

function explainedKind(sql: string): StatementKind {
  const code = codeTokens(sql);
  let at = 1;
  while (isWord(tokenAt(code, at), 'ANALYZE', 'ANALYSE', 'VERBOSE')) at += 1;
  if (isSign(tokenAt(code, at), '(') && !isWord(tokenAt(code, at + 1), 'SELECT', 'WITH', 'FROM', 'VALUES')) {
    at = matchingEnd(code, at);
  }
  return statementKind(code.slice(at));
}

function requireObject(sql: string): void {
  const code = codeTokens(sql);
  let at = 1;
  while (isWord(tokenAt(code, at), ...OPTIONS)) at += 1;
  if (!isWord(tokenAt(code, at), ...OBJECTS)) throw denied(sql);
}

function isComment(sql: string): boolean {
  return isWord(tokenAt(codeTokens(sql), 0), 'COMMENT');
}

function commandOf(sql: string): string {
  return codeTokens(sql).find(({ kind }) => kind === 'word')?.text ?? 'this statement';
}

function denied(sql: string): SqlError {
  return new SqlError('42501', `permission denied for ${commandOf(sql)}`, { hint: 'A superuser may do it.' });
}

function readOnly(sql: string, { name }: Role): SqlError {
  return new SqlError('25006', `cannot execute ${commandOf(sql)}: role "${name}" may only read`);
}

function noFile(verb: 'read' | 'write', instead: string): SqlError {
  return new SqlError('42501', `permission denied to COPY ${verb === 'read' ? 'from' : 'to'} a file`, {
    detail: `Only roles with privileges of the "pg_${verb}_server_files" role may do it.`,
    hint: `Anyone can ${instead}. psql's \\copy command also works for anyone.`,
  });
}
