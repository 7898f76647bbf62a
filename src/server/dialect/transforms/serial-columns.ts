import type { ColumnDef, Constraint, CreateStmt, Node, RangeVar } from 'libpg-query';
import { bodyOf, call, lastName, textConstant, without } from '../syntax-tree.ts';
import type { Transform, TransformContext } from '../transform.ts';

const SERIALS: ReadonlySet<string> = new Set([
  'serial',
  'serial4',
  'bigserial',
  'serial8',
  'smallserial',
  'serial2',
]);

/** What the sequence of a column that is no bigint can give at most. */
const LAST_VALUES: Readonly<Record<string, number | undefined>> = {
  serial: 2_147_483_647,
  serial4: 2_147_483_647,
  int4: 2_147_483_647,
  smallserial: 32_767,
  serial2: 32_767,
  int2: 32_767,
};

/** SERIAL and GENERATED … AS IDENTITY columns draw their values from a sequence that is created before the table. */
export const serialColumns: Transform = {
  name: 'serial-columns',
  visit: { CreateStmt: createTable },
};

function createTable(body: CreateStmt, context: TransformContext): Node | undefined {
  const { relation } = body;
  const elements = body.tableElts ?? [];
  if (relation === undefined) return undefined;
  const next = elements.map((element) => withSequence(element, relation, context));
  return next.some((item, at) => item !== elements[at])
    ? { CreateStmt: { ...body, tableElts: next } }
    : undefined;
}

function withSequence(element: Node, table: RangeVar, context: TransformContext): Node {
  const column = bodyOf(element, 'ColumnDef');
  if (column === undefined) return element;
  const identity = (column.constraints ?? []).find(
    (node) => bodyOf(node, 'Constraint')?.contype === 'CONSTR_IDENTITY',
  );
  if (identity === undefined && !SERIALS.has(lastName(column.typeName?.names))) return element;
  const sequence = sequenceName(table, column.colname ?? '');
  const type = lastName(column.typeName?.names);
  context.before.push(createSequence(table, sequence, bodyOf(identity, 'Constraint'), LAST_VALUES[type]));
  return { ColumnDef: drawing(column, identity, sequence) };
}

function drawing(column: ColumnDef, identity: Node | undefined, sequence: string): ColumnDef {
  const kept = (column.constraints ?? []).filter((node) => node !== identity);
  const raw_expr = call(['nextval'], [textConstant(sequence)]);
  const constraints: Node[] = [
    { Constraint: { contype: 'CONSTR_NOTNULL' } },
    { Constraint: { contype: 'CONSTR_DEFAULT', raw_expr } },
  ];
  const primary = kept.some((node) =>
    ['CONSTR_PRIMARY', 'CONSTR_NOTNULL'].includes(bodyOf(node, 'Constraint')?.contype ?? ''),
  );
  return {
    ...without(column, 'constraints'),
    constraints: [...kept, ...(primary ? constraints.slice(1) : constraints)],
  };
}

function sequenceName({ schemaname, relname = '' }: RangeVar, column: string): string {
  const name = quoted(`${relname}_${column}_seq`);
  return schemaname === undefined ? name : `${quoted(schemaname)}.${name}`;
}

function createSequence(
  { relpersistence }: RangeVar,
  sequence: string,
  identity: Constraint | undefined,
  lastValue: number | undefined,
): string {
  const options = (identity?.options ?? []).map((node) => bodyOf(node, 'DefElem'));
  const words = ['start', 'increment'].map((name) => {
    const value = bodyOf(options.find((option) => option?.defname === name)?.arg, 'Integer')?.ival;
    return value === undefined ? '' : ` ${name === 'start' ? 'START' : 'INCREMENT BY'} ${value}`;
  });
  const most = lastValue === undefined ? '' : ` MAXVALUE ${lastValue}`;
  return `CREATE ${relpersistence === 't' ? 'TEMP ' : ''}SEQUENCE IF NOT EXISTS ${sequence}${words.join('')}${most}`;
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
