import { BUILTIN_TYPE_COLUMNS, BUILTIN_TYPES } from './data/builtin-types.ts';
import { TYPE_FUNCTIONS } from './data/type-functions.ts';
import { typeTitle } from './type-titles.ts';
import type { DescribedFunction } from './described-function.ts';
import { CATALOG_DATABASE, CATALOG_SCHEMAS } from './relation.ts';
import { systemRelations } from './system-relations.ts';

const PG = `${CATALOG_DATABASE}.${CATALOG_SCHEMAS.pg_catalog}`;

export function builtinTypeTable(): string {
  const columns = BUILTIN_TYPE_COLUMNS.split('|').map((name) => `${name} ${builtinColumnType(name)}`);
  return `CREATE TABLE ${PG}._builtin_type (${columns.join(', ')}, title VARCHAR)`;
}

function builtinColumnType(name: string): string {
  if (['typbyval', 'typispreferred'].includes(name)) return 'BOOLEAN';
  if (['typname', 'typtype', 'typcategory', 'typdelim', 'typalign', 'typstorage'].includes(name))
    return 'VARCHAR';
  return name === 'typlen' ? 'SMALLINT' : 'BIGINT';
}

export function fillStatements(): readonly string[] {
  return [
    insert('_builtin_type', BUILTIN_TYPES.trim().split('\n').map(typeRow)),
    insert('_type_function', TYPE_FUNCTIONS.trim().split('\n').map(typeFunctionRow)),
    insert(
      '_system_relation',
      [...systemRelations.values()].map(({ oid, schema, name, kind }) => [
        `${oid}`,
        ...[schema, name, kind].map(text),
      ]),
    ),
    insert('_system_column', [...systemRelations.values()].flatMap(columnRows)),
  ].filter((sql) => sql !== undefined);
}

/** Semantic functions and others that pg_proc is to show, in the place of those that it showed before. */
export function functionStatements(functions: readonly DescribedFunction[]): readonly string[] {
  const filled = insert('_described_function', functions.map(functionRow));
  return [`DELETE FROM ${PG}._described_function`, ...(filled === undefined ? [] : [filled])];
}

function insert(table: string, rows: readonly (readonly string[])[]): string | undefined {
  if (rows.length === 0) return undefined;
  return `INSERT INTO ${PG}.${table} VALUES ${rows.map((row) => `(${row.join(', ')})`).join(', ')}`;
}

function typeRow(line: string): readonly string[] {
  const fields = line.split('|');
  return [...fields, typeTitle(Number(fields[0])) ?? fields[1] ?? ''].map(text);
}

function typeFunctionRow(line: string): readonly string[] {
  const [oid = '', name = '', count = '', result = '', args = ''] = line.split('|');
  return [oid, text(name), count, result, `[${args.split(' ').join(', ')}]`];
}

function columnRows({
  oid,
  columns,
}: {
  readonly oid: number;
  readonly columns: readonly { name: string; type: string; notNull: boolean }[];
}) {
  return columns.map(({ name, type, notNull }, at) => [
    `${oid}`,
    `${at + 1}`,
    text(name),
    text(type),
    `${notNull}`,
  ]);
}

function functionRow({ name, args, returns, description, returnsSet }: DescribedFunction): readonly string[] {
  const names = `[${args.map((arg) => text(arg.name)).join(', ')}]::VARCHAR[]`;
  const types = `[${args.map((arg) => typeOid(arg.type)).join(', ')}]::BIGINT[]`;
  return [text(name), names, types, typeOid(returns), `${returnsSet ?? false}`, text(description)];
}

function typeOid(type: string): string {
  return `(SELECT oid FROM ${PG}._builtin_type WHERE typname = ${text(type)})`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
