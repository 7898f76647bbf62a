import type { Node } from 'libpg-query';
import { SqlError } from '../../errors.ts';
import { bodyOf, lastName } from '../dialect/syntax-tree.ts';
import type { VirtualTable } from './virtual-table.ts';
import { VIRTUAL_TABLES } from './table-list.ts';

const CHANGE_IN_TEXT =
  /^\s*(?:with\b[^]*?\)\s*)?(?:insert(?:\s+or\s+\w+)?\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?|copy)\s+(?:temp\.)?"?(\w+)"?(?<rest>[^]*)/i;
const SHAPE_IN_TEXT = /^\s*(?:drop|alter)\s+(?:table|view)\s+(?:if\s+exists\s+)?(?:temp\.)?"?(\w+)"?/i;

/**
 * The virtual table whose rows a statement changes; null where it changes none. Throws SqlError 42809 where the
 * table takes no rows, or the statement would change the table itself.
 */
export function writeTarget(statement: Node | null, sql: string): VirtualTable | null {
  const shaped = tableNamed(statement === null ? SHAPE_IN_TEXT.exec(sql)?.[1] : shapedTable(statement));
  if (shaped !== null) throw readOnly(shaped, 'is part of the server and cannot be altered or dropped');
  const table = tableNamed(statement === null ? changedInText(sql) : changedTable(statement));
  if (table === null || table.writable) return table;
  if (table.deletable === true && isDeletion(statement, sql)) return table;
  throw readOnly(table, 'shows what the log holds and takes no rows');
}

function isDeletion(statement: Node | null, sql: string): boolean {
  return statement === null ? /^\s*delete\b/i.test(sql) : bodyOf(statement, 'DeleteStmt') !== undefined;
}

function changedTable(statement: Node): string | undefined {
  const change =
    bodyOf(statement, 'InsertStmt') ??
    bodyOf(statement, 'UpdateStmt') ??
    bodyOf(statement, 'DeleteStmt') ??
    bodyOf(statement, 'MergeStmt');
  if (change !== undefined) return change.relation?.relname;
  const copy = bodyOf(statement, 'CopyStmt');
  if (copy?.is_from === true) return copy.relation?.relname;
  return bodyOf(bodyOf(statement, 'TruncateStmt')?.relations?.[0], 'RangeVar')?.relname;
}

function shapedTable(statement: Node): string | undefined {
  const dropped = bodyOf(statement, 'DropStmt')?.objects?.[0];
  if (dropped !== undefined) return lastName(bodyOf(dropped, 'List')?.items);
  return (
    bodyOf(statement, 'AlterTableStmt')?.relation?.relname ??
    bodyOf(statement, 'RenameStmt')?.relation?.relname
  );
}

/** COPY … FROM writes, COPY … TO reads. */
function changedInText(sql: string): string | undefined {
  const match = CHANGE_IN_TEXT.exec(sql);
  if (/^\s*copy\b/i.test(sql) && !/^\s*(?:\([^)]*\)\s*)?from\b/i.test(match?.groups?.rest ?? ''))
    return undefined;
  return match?.[1];
}

function tableNamed(name: string | undefined): VirtualTable | null {
  return VIRTUAL_TABLES.find((table) => table.name === name?.toLowerCase()) ?? null;
}

function readOnly(table: VirtualTable, why: string): SqlError {
  return new SqlError('42809', `"${table.name}" ${why}`, {
    hint: 'Marks go into training_annotations: INSERT INTO training_annotations (trace_id, trainable) VALUES (…).',
  });
}
