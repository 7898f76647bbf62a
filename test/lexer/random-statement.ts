import { KEYWORDS } from './operator-set.ts';
import type { Random } from './random.ts';

/** Names that are also keywords, or parts of them, among others that are not. */
const NAMES = ['means', 'about', 'same_as', 'relevance', 'aligns', 'Means', '"means"', 'a', 'b', 'score'];

/** A statement of PostgreSQL in which every operator keyword stands in guillemets, and names are often keywords. */
export function randomStatement(random: Random): string {
  return random.pick(STATEMENTS)(random);
}

const STATEMENTS: readonly ((random: Random) => string)[] = [
  query,
  query,
  query,
  (random) => `INSERT INTO ${name(random)} (${name(random)}, ${name(random)}) ${query(random)}`,
  (random) => `INSERT INTO ${name(random)} VALUES (${expression(random, 2)}) RETURNING ${item(random)}`,
  (random) =>
    `UPDATE ${table(random)} SET ${name(random)} = ${expression(random, 2)}, ${name(random)} = 1${where(random)} RETURNING ${item(random)}`,
  (random) => `DELETE FROM ${table(random)} USING ${table(random)}${where(random)}`,
  (random) => `CREATE TABLE ${name(random)} AS ${query(random)}`,
  (random) => `CREATE VIEW ${name(random)} (${name(random)}) AS ${query(random)}`,
  (random) =>
    `CREATE TABLE ${name(random)} (${name(random)} text, ${name(random)} int CHECK (${expression(random, 2)}))`,
  (random) =>
    `CREATE INDEX ON ${name(random)} (${name(random)}, (${expression(random, 2)}) DESC)${where(random)}`,
  (random) => `PREPARE ${name(random)} AS ${query(random)}`,
  (random) => `EXPLAIN ${query(random)}`,
];

function query(random: Random): string {
  const common =
    random.below(4) === 0 ? `WITH ${name(random)} (${name(random)}) AS (${select(random)}) ` : '';
  return common + select(random);
}

function select(random: Random): string {
  const items = random.list(1 + random.below(3), () => item(random)).join(', ');
  const group = random.below(3) === 0 ? ` GROUP BY ${expression(random, 1)}` : '';
  const order = random.below(2) === 0 ? ` ORDER BY ${ordering(random)}, ${ordering(random)}` : '';
  return `SELECT ${random.pick(['', '', 'DISTINCT '])}${items} FROM ${from(random)}${where(random)}${group}${order}`;
}

function item(random: Random): string {
  const alias = random.pick(['', ` ${name(random)}`, ` AS ${name(random)}`]);
  return expression(random, 2) + alias;
}

function from(random: Random): string {
  const join = random.pick(['JOIN', 'LEFT JOIN', 'FULL JOIN']);
  return random.pick([
    () => table(random),
    () => `${table(random)}, ${table(random)}`,
    () => `${table(random)} ${join} ${table(random)} ON ${expression(random, 2)}`,
    () =>
      `${table(random)} ${join} ${table(random)} ON ${expression(random, 1)}, ${table(random)} (${name(random)})`,
    () => `(${select(random)}) ${name(random)} (${name(random)}, ${name(random)})`,
    () => `${name(random)}(${expression(random, 1)}) ${name(random)} (${name(random)})`,
    () => `(${table(random)} CROSS JOIN ${table(random)})`,
  ])();
}

function table(random: Random): string {
  return `${name(random)} ${random.pick(['', 'AS '])}${name(random)}`;
}

function where(random: Random): string {
  return random.below(2) === 0 ? '' : ` WHERE ${expression(random, 3)}`;
}

function ordering(random: Random): string {
  return expression(random, 1) + random.pick(['', ' DESC', ' asc', ' DESC NULLS LAST']);
}

function expression(random: Random, depth: number): string {
  if (depth === 0) return operand(random);
  const inner = () => expression(random, depth - 1);
  const operator = () => `«${spelled(random, random.pick(KEYWORDS))}»`;
  return random.pick([
    () => operand(random),
    () => `${operand(random)} ${operator()} ${operand(random)}`,
    () => `${operand(random)} ${operator()} ${operand(random)}`,
    () => `(${inner()}) ${operator()} (${inner()})`,
    () => `(${inner()})`,
    () => `NOT (${inner()}) AND ${operand(random)} ${operator()} ${operand(random)} OR (${inner()})`,
    () => `CASE WHEN ${inner()} THEN ${inner()} ELSE ${inner()} END`,
    () => `CASE ${name(random)} WHEN ${name(random)} THEN ${inner()} END ${operator()} ${operand(random)}`,
    () => `${name(random)}(${inner()}, ${inner()})`,
    () => `${operand(random)} IN (${inner()}, ${inner()})`,
    () => `count(*) FILTER (WHERE ${inner()})`,
    () => `sum(${name(random)}) OVER (PARTITION BY ${inner()} ORDER BY ${ordering(random)})`,
    () => `EXISTS (${select(random)})`,
    () => `(${inner()})::${name(random)} ${operator()} ${operand(random)}`,
    () => `${operand(random)} IS NOT DISTINCT FROM ${operand(random)}`,
    () => `${operand(random)} BETWEEN ${operand(random)} AND ${operand(random)}`,
    () => `ARRAY[${inner()}] ${operator()} ARRAY[${inner()}]`,
  ])();
}

function operand(random: Random): string {
  return random.pick([
    () => name(random),
    () => name(random),
    () => `${name(random)}.${name(random)}`,
    () => `'${name(random)} means ''x'''`,
    () => `$${1 + random.below(3)}`,
    () => String(random.below(100)),
    () => `-${name(random)}`,
    () => `${name(random)}(${name(random)})`,
    () => `${name(random)}[1]`,
    () => `$$ a MEANS 'b' $$`,
    () => 'NULL',
    () => `${name(random)} || 'x'`,
  ])();
}

function name(random: Random): string {
  return random.pick(NAMES);
}

function spelled(random: Random, keyword: string): string {
  const spaced = keyword.replaceAll(' ', () =>
    random.pick([' ', '\n', '  ', ' /* MEANS */ ', ' -- ABOUT\n ']),
  );
  return random.pick([spaced, spaced.toLowerCase()]);
}
