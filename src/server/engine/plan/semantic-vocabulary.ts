import type { Node } from 'libpg-query';
import type { InfixPattern, SqlFunction } from '../../../operators/cascade/cascade.ts';
import type { OperatorSet } from '../../../operators/cascade/operator-set.ts';
import { RUN_SIGNATURE } from '../../../operators/evaluation/run-book.ts';
import { bodyOf, lastName, NULL_CONSTANT } from '../../dialect/syntax-tree.ts';
import type { FunctionTraits } from './function-traits.ts';
import { childrenOf } from '../../dialect/map-children.ts';
import { someNode } from './nodes.ts';

/** A call of a semantic function, whichever way it was written. */
export interface SemanticCall {
  readonly node: Node;
  readonly sql: SqlFunction;
  /** In the order in which they are declared; trailing optional ones may be missing. */
  readonly args: readonly Node[];
  /** Written with an operator that turns the answer round (NOT MEANS). */
  readonly negated: boolean;
}

interface Infix {
  readonly sql: SqlFunction;
  readonly pattern: InfixPattern;
}

/** Tells which parts of a syntax tree call semantic functions. */
export class SemanticVocabulary {
  readonly #functions = new Map<string, SqlFunction>([[RUN_SIGNATURE.name, RUN_SIGNATURE]]);
  readonly #aggregates = new Set<string>();
  readonly #symbols = new Map<string, Infix>();
  readonly #contains = new WeakMap<Node, boolean>();

  constructor(
    operators: OperatorSet,
    private readonly traits: FunctionTraits,
  ) {
    for (const { sql } of operators.operators.values()) {
      if (sql.shape === 'aggregate') this.#aggregates.add(sql.name.toLowerCase());
      if (sql.shape !== 'scalar') continue;
      this.#functions.set(sql.name.toLowerCase(), sql);
      for (const pattern of sql.patterns) this.#symbols.set(pattern.symbol, { sql, pattern });
    }
  }

  callOf(node: Node): SemanticCall | undefined {
    return this.#functionCall(node) ?? this.#infixCall(node);
  }

  /** Whether the value of the node hangs on an answer. */
  contains(node: Node): boolean {
    const known = this.#contains.get(node);
    if (known !== undefined) return known;
    const found = this.callOf(node) !== undefined || childrenOf(node).some((child) => this.contains(child));
    this.#contains.set(node, found);
    return found;
  }

  /** All calls in the node, outer ones before those in their arguments. */
  callsIn(node: Node): readonly SemanticCall[] {
    if (!this.contains(node)) return [];
    const own = this.callOf(node);
    const below = childrenOf(node).flatMap((child) => this.callsIn(child));
    return own === undefined ? below : [own, ...below];
  }

  /** Whether the node may be evaluated twice without anybody noticing. */
  isRepeatable(node: Node): boolean {
    return !someNode(node, (inner) => 'SubLink' in inner) && !this.isVolatile(node);
  }

  /** Whether each evaluation may give another value. */
  isVolatile(node: Node): boolean {
    return someNode(node, (inner) => this.#callsVolatile(inner));
  }

  isAggregate(node: Node): boolean {
    const body = bodyOf(node, 'FuncCall');
    if (body === undefined) return false;
    const marked = body.agg_star ?? body.agg_distinct ?? body.agg_filter ?? body.agg_order ?? body.over;
    const name = lastName(body.funcname).toLowerCase();
    return marked !== undefined || this.traits.aggregates.has(name) || this.#aggregates.has(name);
  }

  #callsVolatile(node: Node): boolean {
    const body = bodyOf(node, 'FuncCall');
    return body !== undefined && this.traits.volatile.has(lastName(body.funcname).toLowerCase());
  }

  #functionCall(node: Node): SemanticCall | undefined {
    const body = bodyOf(node, 'FuncCall');
    if (body === undefined) return undefined;
    const sql = this.#functions.get(lastName(body.funcname).toLowerCase());
    return sql === undefined ? undefined : { node, sql, args: body.args ?? [], negated: false };
  }

  #infixCall(node: Node): SemanticCall | undefined {
    const body = bodyOf(node, 'A_Expr');
    const infix = body?.kind === 'AEXPR_OP' ? this.#symbols.get(lastName(body.name)) : undefined;
    if (infix === undefined || body?.lexpr === undefined || body.rexpr === undefined) return undefined;
    const { sql, pattern } = infix;
    return { node, sql, args: argumentsOf(infix, body.lexpr, body.rexpr), negated: pattern.negated };
  }
}

function argumentsOf({ sql, pattern }: Infix, left: Node, right: Node): readonly Node[] {
  const given = new Map([
    [pattern.left, left],
    [pattern.right, right],
  ]);
  const last = sql.args.findLastIndex(({ name }) => given.has(name));
  return sql.args.slice(0, last + 1).map(({ name }) => given.get(name) ?? NULL_CONSTANT);
}
