import type { JoinExpr, Node, SelectStmt } from 'libpg-query';
import { bodyOf, call, lastName, nameParts } from '../../dialect/syntax-tree.ts';
import { hashName } from './call-variant.ts';
import { columnRef, equals, someNode, target } from './nodes.ts';
import { nameOfRelation } from './relation-names.ts';
import type { SemanticCall } from './semantic-vocabulary.ts';

/** The table, by its qualified name, in which DuckDB finds answers of an operator; undefined where there is none. */
export type KnownTable = (operator: string) => readonly string[] | undefined;

/** The columns of a table of known answers. No two rows have the same hash, and no answer is NULL. */
export const HASH_COLUMN = '__rvbbit_hash';
export const ANSWER_COLUMN = '__rvbbit_answer';

const ALIAS = '__rvbbit_known';
/** Past this number of calls in one query, joins cost more than they save. */
const MOST_COLUMNS = 6;

/** Expressions that are NULL or a value whatever goes in: they can be evaluated for rows that nobody asks about. */
const TOTAL_FUNCTIONS: ReadonlySet<string> = new Set([
  'lower',
  'upper',
  'trim',
  'btrim',
  'concat',
  'coalesce',
]);

interface KnownColumn {
  readonly alias: string;
  readonly table: readonly string[];
  /** Of the arguments of the call. */
  readonly hash: Node;
}

/**
 * The answers of one query's calls as columns: joined to FROM by the hash of the arguments, they are NULL where an
 * answer is not known. A row meets at most one answer, so the join neither adds nor takes rows.
 */
export class KnownColumns {
  readonly #columns = new Map<string, KnownColumn>();

  private constructor(
    private readonly tableOf: KnownTable,
    /** What `*` stands for without the joined columns. */
    private readonly stars: readonly Node[],
  ) {}

  /** null where a join would show in the result. */
  static of(select: SelectStmt, from: readonly Node[], tableOf: KnownTable): KnownColumns | null {
    if (from.length === 0) return null;
    const { targetList = [], whereClause } = select;
    const expressions = whereClause === undefined ? targetList : [...targetList, whereClause];
    if (expressions.some((node) => someNode(node, namesAllColumns))) return null;
    const stars = targetList.some(isBareStar) ? starsOf(from) : [];
    return stars === undefined ? null : new KnownColumns(tableOf, stars);
  }

  columnOf({ sql, args }: SemanticCall): Node | undefined {
    const table = this.tableOf(sql.name);
    if (table === undefined || !args.every(isTotal)) return undefined;
    const hash = call([hashName(sql.name)], args);
    const key = JSON.stringify(hash, (name, value: unknown) => (name === 'location' ? undefined : value));
    const known = this.#columns.get(key);
    if (known === undefined && this.#columns.size >= MOST_COLUMNS) return undefined;
    const { alias } = known ?? { alias: `${ALIAS}_${this.#columns.size + 1}` };
    this.#columns.set(key, known ?? { alias, table, hash });
    return columnRef(alias, ANSWER_COLUMN);
  }

  /** The query with the columns that were asked for. */
  joinedTo(select: SelectStmt): SelectStmt {
    const { fromClause = [], targetList = [] } = select;
    if (this.#columns.size === 0) return select;
    const product = fromClause.reduce((left, right) =>
      joinOf({ jointype: 'JOIN_INNER', larg: left, rarg: right }),
    );
    const joined = [...this.#columns.values()].reduce(withColumn, product);
    const targets = targetList.flatMap((item) => (isBareStar(item) ? this.stars : [item]));
    return { ...select, fromClause: [joined], targetList: targets };
  }
}

function withColumn(left: Node, { alias, table, hash }: KnownColumn): Node {
  const [catalogname = '', schemaname = '', relname = ''] = table;
  const known: Node = {
    RangeVar: {
      catalogname,
      schemaname,
      relname,
      inh: true,
      relpersistence: 'p',
      alias: { aliasname: alias },
    },
  };
  return joinOf({
    jointype: 'JOIN_LEFT',
    larg: left,
    rarg: known,
    quals: equals(columnRef(alias, HASH_COLUMN), hash),
  });
}

function joinOf(join: JoinExpr): Node {
  return { JoinExpr: join };
}

/** Whether evaluating the expression can never fail. */
function isTotal(node: Node): boolean {
  if (isStar(node)) return false;
  if ('ColumnRef' in node || 'A_Const' in node || 'ParamRef' in node) return true;
  const operation = bodyOf(node, 'A_Expr');
  if (operation !== undefined) {
    return lastName(operation.name) === '||' && [operation.lexpr, operation.rexpr].every(isTotalPart);
  }
  const coalesced = bodyOf(node, 'CoalesceExpr');
  if (coalesced !== undefined) return (coalesced.args ?? []).every(isTotal);
  const body = bodyOf(node, 'FuncCall');
  return (
    body !== undefined && TOTAL_FUNCTIONS.has(lastName(body.funcname)) && (body.args ?? []).every(isTotal)
  );
}

function isTotalPart(node: Node | undefined): boolean {
  return node !== undefined && isTotal(node);
}

/** DuckDB's `COLUMNS(*)`. */
function namesAllColumns(node: Node): boolean {
  const body = bodyOf(node, 'FuncCall');
  return body !== undefined && lastName(body.funcname).toLowerCase() === 'columns';
}

function isStar(node: Node | undefined): boolean {
  return bodyOf(node, 'ColumnRef')?.fields?.some((field) => 'A_Star' in field) ?? false;
}

/** `*` as `a.*, b.*`; undefined where FROM has something without a name, or columns that two relations share. */
function starsOf(from: readonly Node[]): readonly Node[] | undefined {
  const names = from.map(namesIn);
  return names.includes(undefined) ? undefined : names.flatMap((name) => (name ?? []).map(starOf));
}

function isBareStar(item: Node): boolean {
  const value = bodyOf(item, 'ResTarget')?.val;
  return isStar(value) && nameParts(bodyOf(value, 'ColumnRef')?.fields).length === 1;
}

function starOf(relation: string): Node {
  return target({ ColumnRef: { fields: [{ String: { sval: relation } }, { A_Star: {} }] } });
}

function namesIn(item: Node): readonly string[] | undefined {
  const join = bodyOf(item, 'JoinExpr');
  if (join === undefined) {
    const name = nameOfRelation(item);
    return name === undefined ? undefined : [name];
  }
  if (join.isNatural === true || join.alias !== undefined || (join.usingClause ?? []).length > 0)
    return undefined;
  const left = join.larg === undefined ? undefined : namesIn(join.larg);
  const right = join.rarg === undefined ? undefined : namesIn(join.rarg);
  return left === undefined || right === undefined ? undefined : [...left, ...right];
}
