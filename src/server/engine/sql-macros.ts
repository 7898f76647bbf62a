import type { InfixPattern, OperatorArg, SqlFunction } from '../../operators/cascade/cascade.ts';
import { identifier, stringLiteral } from './identifier.ts';

/** An operator that is an expression of SQL; what is left out is its default. */
export function sqlOverload(sql: SqlFunction, count: number): string {
  const given = sql.args.slice(0, count).map(({ name }) => identifier(name));
  if (count === sql.args.length)
    return `(${given.join(', ')}) AS CAST(${sql.body ?? 'NULL'} AS ${sql.returns})`;
  const all = sql.args.map((arg, at) => given[at] ?? defaultOf(arg));
  return `(${given.join(', ')}) AS ${identifier(sql.name)}(${all.join(', ')})`;
}

export function infixOverload(sql: SqlFunction, { left, right, negated }: InfixPattern): string {
  const values = sql.args.map((arg) => (arg.name === left ? 'l' : arg.name === right ? 'r' : defaultOf(arg)));
  const call = `${identifier(sql.name)}(${values.join(', ')})`;
  return `(l, r) AS ${negated ? `NOT (${call})` : call}`;
}

/** The operators that are expressions of SQL, each behind those that it names. */
export function inOrder(operators: readonly SqlFunction[]): readonly SqlFunction[] {
  const placed = new Set<SqlFunction>();
  const place = (sql: SqlFunction): void => {
    if (placed.has(sql) || sql.body === undefined) return;
    for (const other of operators) if (other !== sql && names(sql.body, other)) place(other);
    placed.add(sql);
  };
  for (const sql of operators) place(sql);
  return [...placed];
}

function names(body: string, { name }: SqlFunction): boolean {
  return new RegExp(`\\b${name}\\s*\\(`, 'i').test(body);
}

function defaultOf({ type, default: value }: OperatorArg): string {
  if (value === null || value === undefined) return `CAST(NULL AS ${type})`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `CAST(${stringLiteral(text)} AS ${type})`;
}
