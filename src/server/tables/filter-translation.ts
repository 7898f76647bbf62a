import type { Node } from 'libpg-query';
import { bodyOf, lastName, nameParts, textOf } from '../dialect/syntax-tree.ts';
import type { Body } from '../dialect/syntax-tree.ts';
import type { VirtualColumn, VirtualTable } from './virtual-table.ts';

/** A condition in ClickHouse's SQL that holds for the same rows, NULLs included; null where none is known. */
type Condition = string | null;

/** A list of texts longer than this is more than a server takes as one parameter. */
const MOST_CHARACTERS = 50_000;

export type ParameterValue = unknown;

/** Translates conditions on one table, and gathers the texts they compare with as parameters. */
export class FilterTranslation {
  readonly parameters: Record<string, string | readonly string[]> = {};
  readonly #columns: ReadonlyMap<string, VirtualColumn>;
  readonly #names: ReadonlySet<string>;
  readonly #values: readonly ParameterValue[];

  /** `alias` is the name by which the statement calls the table; `values` are those of `$1`, `$2`, … */
  constructor(table: VirtualTable, alias: string, values: readonly ParameterValue[]) {
    this.#columns = new Map(table.columns.map((column) => [column.name, column]));
    this.#names = new Set([table.name, alias]);
    this.#values = values;
  }

  /** The column a node names, where it is one of the table. */
  column(node: Node | undefined): VirtualColumn | undefined {
    const parts = nameParts(bodyOf(node, 'ColumnRef')?.fields);
    const [name = '', owner] = [...parts].reverse();
    if (parts.length > 2 || (owner !== undefined && !this.#names.has(owner))) return undefined;
    return this.#columns.get(name);
  }

  translate(node: Node | undefined): Condition {
    const boolean = bodyOf(node, 'BoolExpr');
    if (boolean !== undefined) return this.#boolean(boolean);
    const comparison = bodyOf(node, 'A_Expr');
    if (comparison !== undefined) return this.#comparison(comparison);
    const nullTest = bodyOf(node, 'NullTest');
    if (nullTest !== undefined) return this.#nullTest(nullTest);
    const column = this.column(node);
    return column?.type === 'BOOLEAN' ? column.name : null;
  }

  #boolean({ boolop, args = [] }: Body<'BoolExpr'>): Condition {
    const parts = args.map((arg) => this.translate(arg));
    if (parts.some((part) => part === null)) return null;
    if (boolop === 'NOT_EXPR') return `NOT (${parts[0]})`;
    return `(${parts.join(boolop === 'AND_EXPR' ? ' AND ' : ' OR ')})`;
  }

  #nullTest({ arg, nulltesttype }: Body<'NullTest'>): Condition {
    const column = this.column(arg);
    if (column === undefined) return null;
    return `${column.name} ${nulltesttype === 'IS_NULL' ? 'IS NULL' : 'IS NOT NULL'}`;
  }

  #comparison({ kind, name, lexpr, rexpr }: Body<'A_Expr'>): Condition {
    const operator = lastName(name);
    if (kind === 'AEXPR_OP')
      return this.#compare(lexpr, operator, rexpr) ?? this.#flipped(lexpr, operator, rexpr);
    const column = this.column(lexpr);
    if (column === undefined) return null;
    if (kind === 'AEXPR_IN') return this.#among(column, operator, bodyOf(rexpr, 'List')?.items ?? []);
    if (kind === 'AEXPR_LIKE') return this.#like(column, operator, textOf(rexpr));
    return null;
  }

  #compare(left: Node | undefined, operator: string, right: Node | undefined): Condition {
    const column = this.column(left);
    if (column === undefined || !['=', '<>', '<', '<=', '>', '>='].includes(operator)) return null;
    const literal = this.#literal(column, right);
    return literal === null ? null : `${column.name} ${operator} ${literal}`;
  }

  #flipped(left: Node | undefined, operator: string, right: Node | undefined): Condition {
    const turned = operator.replace(/[<>]/, (sign) => (sign === '<' ? '>' : '<'));
    return this.#compare(right, operator === '<>' ? operator : turned, left);
  }

  #among(column: VirtualColumn, operator: string, items: readonly Node[]): Condition {
    if (column.type === 'VARCHAR') return this.#amongTexts(column, operator, items);
    const literals = items.map((item) => this.#literal(column, item));
    if (literals.length === 0 || literals.some((literal) => literal === null)) return null;
    return `${column.name} ${operator === '=' ? 'IN' : 'NOT IN'} (${literals.join(', ')})`;
  }

  #amongTexts(column: VirtualColumn, operator: string, items: readonly Node[]): Condition {
    const texts = items.map((item) => this.#valueOf(item)).filter((value) => typeof value === 'string');
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    if (texts.length === 0 || texts.length < items.length || length > MOST_CHARACTERS) return null;
    return `${column.name} ${operator === '=' ? 'IN' : 'NOT IN'} ${this.#parameter(texts, 'Array(String)')}`;
  }

  /** A backslash escapes in ClickHouse's patterns and not in DuckDB's. */
  #like(column: VirtualColumn, operator: string, pattern: string | undefined): Condition {
    if (column.type !== 'VARCHAR' || pattern === undefined || pattern.includes('\\')) return null;
    if (operator !== '~~' && operator !== '!~~') return null;
    return `${column.name} ${operator === '~~' ? 'LIKE' : 'NOT LIKE'} ${this.#text(pattern)}`;
  }

  /** A constant of the column's own kind: whatever either engine would convert is left to DuckDB. */
  #literal(column: VirtualColumn, node: Node | undefined): string | null {
    const value = this.#valueOf(node);
    if (column.type === 'VARCHAR') return typeof value === 'string' ? this.#text(value) : null;
    if (column.type === 'BOOLEAN') return typeof value === 'boolean' ? String(value) : null;
    if (column.type === 'TIMESTAMP') return typeof value === 'string' ? this.#instant(value) : null;
    if (column.type === 'VARCHAR[]') return null;
    return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null;
  }

  #valueOf(node: Node | undefined): unknown {
    const parameter = bodyOf(node, 'ParamRef');
    if (parameter !== undefined) return this.#values[(parameter.number ?? 0) - 1];
    const constant = bodyOf(node, 'A_Const');
    if (constant === undefined || constant.isnull === true) return undefined;
    if (constant.sval !== undefined) return constant.sval.sval ?? '';
    if (constant.ival !== undefined) return constant.ival.ival ?? 0;
    if (constant.boolval !== undefined) return constant.boolval.boolval ?? false;
    return undefined;
  }

  #text(value: string): string {
    return this.#parameter(value, 'String');
  }

  #parameter(value: string | readonly string[], type: string): string {
    const name = `p${Object.keys(this.parameters).length}`;
    this.parameters[name] = value;
    return `{${name}:${type}}`;
  }

  #instant(value: string): string | null {
    if (!/^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d(\.\d{1,6})?)?$/.test(value)) return null;
    if (Number.isNaN(Date.parse(`${value.replace(' ', 'T')}Z`.replace(/^(.{10})Z$/, '$1')))) return null;
    return `toDateTime64(${this.#text(value)}, 6, 'UTC')`;
  }
}
