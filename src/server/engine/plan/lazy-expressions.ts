import type { CaseExpr, FuncCall, Node, SubLink } from 'libpg-query';
import { bodyOf, call, lastName, not, NULL_CONSTANT } from '../../dialect/syntax-tree.ts';
import { type CallVariant, variantName } from './call-variant.ts';
import { mapChildren } from '../../dialect/map-children.ts';
import { and, type Branch, caseOf, equals, FALSE, isFalse, isNotNull, or, TRUE } from './nodes.ts';
import type { SemanticCall, SemanticVocabulary } from './semantic-vocabulary.ts';

/** What an expression asks of the statement around it. */
export interface Surroundings {
  select(subselect: Node, exists: boolean): Node;
  filter(condition: Node): Node;
  /** The column in which the answer of the call stands where DuckDB can find it, NULL where it cannot. */
  column(semantic: SemanticCall): Node | undefined;
}

/**
 * Rewrites expressions so that they ask for no answer which the answers at hand make needless. With all answers
 * known, an expression and its rewritten form have the same value. A missing answer is NULL; where NULL would lead
 * into a branch that asks, the branch waits until what decides it is known. That is tested before the value is
 * taken: an answer may come between the two.
 *
 * `known` makes the condition that an expression has its final value: null where it always has.
 */
export class LazyExpressions {
  constructor(
    private readonly vocabulary: SemanticVocabulary,
    /** Looks at answers without asking for them. */
    private readonly peeking: boolean,
    private readonly around: Surroundings,
  ) {}

  /** `safe`: while an answer is missing the value must be NULL, not something that another answer would change. */
  value(node: Node, safe: boolean): Node {
    if (!this.vocabulary.contains(node)) return node;
    const semantic = this.vocabulary.callOf(node);
    if (semantic !== undefined) return this.#call(node, semantic);
    if ('BoolExpr' in node) return this.#boolean(node, safe);
    if ('SubLink' in node) return { SubLink: this.#sublink(node.SubLink) };
    if (this.vocabulary.isAggregate(node)) return this.#aggregate(node, safe);
    const searched = searchedCase(node);
    if (searched !== undefined && !this.vocabulary.isVolatile(node)) return this.#case(searched, safe);
    const coalesced = coalesceArgs(node);
    if (coalesced !== undefined && !this.vocabulary.isVolatile(node)) return this.#coalesce(coalesced, safe);
    if (!safe || keepsNull(node)) return mapChildren(node, (child) => this.value(child, safe));
    const strict = mapChildren(node, (child) => this.value(child, true));
    return whenKnown(this.#childrenKnown(node), strict);
  }

  known(node: Node): Node | null {
    if (!this.vocabulary.contains(node)) return null;
    const semantic = this.vocabulary.callOf(node);
    if (semantic !== undefined) return this.#callKnown(semantic);
    if ('BoolExpr' in node) return this.#booleanKnown(node);
    if ('SubLink' in node) return null;
    if (this.vocabulary.isAggregate(node)) return this.#aggregateKnown(node);
    const searched = searchedCase(node);
    if (searched !== undefined) return this.#caseKnown(branchesOf(searched), searched.defresult);
    const coalesced = coalesceArgs(node);
    if (coalesced !== undefined) return this.#coalesceKnown(coalesced);
    return this.#childrenKnown(node);
  }

  /** All of them, in order, each asked for only when those before it are known. */
  allKnown(nodes: readonly Node[]): Node | null {
    const conditions = nodes.flatMap((node) => this.known(node) ?? []);
    return conditions.reduceRight<Node | null>(
      (rest, condition) => (rest === null ? condition : caseOf([[condition, rest]], FALSE)),
      null,
    );
  }

  #childrenKnown(node: Node): Node | null {
    const children: Node[] = [];
    mapChildren(node, (child) => {
      children.push(child);
      return child;
    });
    return this.allKnown(children);
  }

  #call(node: Node, semantic: SemanticCall): Node {
    const args = semantic.args.map((arg) => this.value(arg, true));
    const value = this.peeking
      ? this.#variant(semantic, 'peek', args)
      : mapChildren(node, (arg) => this.value(arg, true));
    if (!this.peeking) return whenKnown(this.allKnown(semantic.args), this.#found(semantic, value));
    return whenKnown(this.allKnown(semantic.args), semantic.negated ? not(value) : value);
  }

  #callKnown(semantic: SemanticCall): Node {
    const args = semantic.args.map((arg) => this.value(arg, true));
    const asked = this.#variant(semantic, this.peeking ? 'peek known' : 'known', args);
    const column = this.peeking ? undefined : this.around.column(semantic);
    const own = column === undefined ? asked : caseOf([[isNotNull(column), TRUE]], asked);
    const inner = this.allKnown(semantic.args);
    return inner === null ? own : caseOf([[inner, own]], FALSE);
  }

  /** The function is called for rows whose answer DuckDB does not find itself. */
  #found(semantic: SemanticCall, asked: Node): Node {
    const column = this.around.column(semantic);
    if (column === undefined) return asked;
    return caseOf([[isNotNull(column), semantic.negated ? not(column) : column]], asked);
  }

  #variant({ sql }: SemanticCall, variant: CallVariant, args: readonly Node[]): Node {
    return call([variantName(sql.name, variant)], args);
  }

  #boolean(node: Node, safe: boolean): Node {
    const bool = bodyOf(node, 'BoolExpr');
    const args = bool?.args ?? [];
    if (bool?.boolop === 'NOT_EXPR') return mapChildren(node, (arg) => this.value(arg, safe));
    if (this.vocabulary.isVolatile(node)) return mapChildren(node, (arg) => this.value(arg, safe));
    const ordered = this.#cheapFirst(args, bool?.boolop === 'OR_EXPR');
    return bool?.boolop === 'OR_EXPR' ? this.#or(ordered, safe) : this.#and(ordered, safe);
  }

  /** What needs no answer is one condition, in front of the others. */
  #cheapFirst(args: readonly Node[], disjunction: boolean): readonly Node[] {
    const cheap = args.filter((arg) => !this.vocabulary.contains(arg));
    const semantic = args.filter((arg) => this.vocabulary.contains(arg));
    const [first, ...others] = cheap;
    if (first === undefined) return semantic;
    return [disjunction ? or([first, ...others]) : and(cheap), ...semantic];
  }

  #and([first, ...others]: readonly Node[], safe: boolean): Node {
    if (first === undefined) return TRUE;
    if (others.length === 0) return this.value(first, safe);
    const value = this.value(first, true);
    const both = and([value, this.#and(others, safe)]);
    return whenKnown(this.known(first), caseOf([[isFalse(value), FALSE]], both));
  }

  #or([first, ...others]: readonly Node[], safe: boolean): Node {
    if (first === undefined) return FALSE;
    if (others.length === 0) return this.value(first, safe);
    const value = this.value(first, true);
    const either = or([value, this.#or(others, safe)]);
    return whenKnown(this.known(first), caseOf([[value, TRUE]], either));
  }

  #booleanKnown(node: Node): Node | null {
    const bool = bodyOf(node, 'BoolExpr');
    const args = bool?.args ?? [];
    if (bool?.boolop === 'NOT_EXPR') return this.allKnown(args);
    const disjunction = bool?.boolop === 'OR_EXPR';
    const ordered = this.#cheapFirst(args, disjunction);
    return ordered.reduceRight<Node | null>((rest, arg) => {
      if (rest === null) return this.known(arg);
      const value = this.value(arg, true);
      return this.#decided(arg, [disjunction ? value : isFalse(value), TRUE], rest);
    }, null);
  }

  /** Known where `decisive` holds, and where `first` is known and the rest is. */
  #decided(first: Node, decisive: Branch, rest: Node): Node {
    const known = this.known(first);
    return caseOf(known === null ? [decisive] : [[not(known), FALSE], decisive], rest);
  }

  #case({ args, defresult }: CaseExpr, safe: boolean): Node {
    const branches = branchesOf({ args: args ?? [] });
    const guarded = branches.flatMap(([condition, result], at): readonly Branch[] => {
      const own: Branch = [this.value(condition, true), this.value(result, safe)];
      const later = [...branches.slice(at + 1).flat(), ...(defresult === undefined ? [] : [defresult])];
      const known =
        safe || later.some((node) => this.vocabulary.contains(node)) ? this.known(condition) : null;
      return known === null ? [own] : [[not(known), NULL_CONSTANT], own];
    });
    return caseOf(guarded, defresult === undefined ? undefined : this.value(defresult, safe));
  }

  #caseKnown([branch, ...others]: readonly Branch[], otherwise: Node | undefined): Node | null {
    if (branch === undefined) return otherwise === undefined ? null : this.known(otherwise);
    const [condition, result] = branch;
    const then = this.known(result) ?? TRUE;
    const rest = this.#caseKnown(others, otherwise) ?? TRUE;
    const known = this.known(condition);
    const value = this.value(condition, true);
    return caseOf([...(known === null ? [] : [[not(known), FALSE] as const]), [value, then]], rest);
  }

  #coalesce([first, ...others]: readonly Node[], safe: boolean): Node {
    if (first === undefined) return NULL_CONSTANT;
    if (others.length === 0) return this.value(first, safe);
    const value = this.value(first, true);
    const rest = this.#coalesce(others, safe);
    // As CASE: DuckDB takes equal parts out of COALESCE and evaluates them for every row.
    return whenKnown(this.known(first), caseOf([[isNotNull(value), value]], rest));
  }

  #coalesceKnown([first, ...others]: readonly Node[]): Node | null {
    if (first === undefined) return null;
    const rest = this.#coalesceKnown(others);
    const known = this.known(first);
    if (rest === null) return known;
    return this.#decided(first, [isNotNull(this.value(first, true)), TRUE], rest);
  }

  #sublink(body: SubLink): SubLink {
    return {
      ...body,
      ...(body.testexpr === undefined ? {} : { testexpr: this.value(body.testexpr, true) }),
      ...(body.subselect === undefined
        ? {}
        : { subselect: this.around.select(body.subselect, body.subLinkType === 'EXISTS_SUBLINK') }),
    };
  }

  #aggregate(node: Node, safe: boolean): Node {
    const body = bodyOf(node, 'FuncCall');
    const filter = body?.agg_filter;
    const made = mapChildren(node, (child) =>
      child === filter ? this.around.filter(child) : this.value(child, false),
    );
    return safe ? whenKnown(this.#aggregateKnown(node), made) : made;
  }

  /** An aggregate is known when all that goes into it is. */
  #aggregateKnown(node: Node): Node | null {
    const body: FuncCall | undefined = bodyOf(node, 'FuncCall');
    const filter = body?.agg_filter;
    const args = this.allKnown([...(body?.args ?? []), ...(body?.agg_order ?? [])]);
    const row = filter === undefined ? args : this.#filteredKnown(filter, args);
    if (row === null) return null;
    const all: FuncCall = {
      funcname: [{ String: { sval: 'bool_and' } }],
      args: [row],
      funcformat: 'COERCE_EXPLICIT_CALL',
    };
    const over = body?.over === undefined ? all : { ...all, over: body.over };
    return { CoalesceExpr: { args: [{ FuncCall: over }, TRUE] } };
  }

  #filteredKnown(filter: Node, args: Node | null): Node | null {
    const known = this.known(filter);
    if (known === null) return args === null ? null : caseOf([[filter, args]], TRUE);
    const rest = args === null ? TRUE : caseOf([[this.value(filter, true), args]], TRUE);
    return caseOf([[known, rest]], FALSE);
  }
}

function whenKnown(known: Node | null, value: Node): Node {
  return known === null ? value : caseOf([[known, value]]);
}

/** Kinds of node that are NULL where what is in them is, and parts of expressions that have no value of their own. */
const NULL_KEEPING = ['TypeCast', 'CollateClause', 'List', 'CaseWhen', 'SortBy', 'NamedArgExpr'];

/** Operations that are NULL, or not changed by it, where an operand is NULL. */
function keepsNull(node: Node): boolean {
  if (NULL_KEEPING.some((tag) => tag in node)) return true;
  const body = bodyOf(node, 'A_Expr');
  if (body === undefined) return false;
  const changing = ['AEXPR_NULLIF', 'AEXPR_DISTINCT', 'AEXPR_NOT_DISTINCT'];
  return !changing.includes(body.kind ?? '') && lastName(body.name) !== '||';
}

function branchesOf({ args }: Pick<CaseExpr, 'args'>): readonly Branch[] {
  return (args ?? []).flatMap((arg): readonly Branch[] => {
    const when = bodyOf(arg, 'CaseWhen');
    return when?.expr === undefined || when.result === undefined ? [] : [[when.expr, when.result]];
  });
}

/** CASE with its conditions written out; `if(…)` and `iif(…)` are the same. */
function searchedCase(node: Node): CaseExpr | undefined {
  const body = bodyOf(node, 'CaseExpr');
  if (body !== undefined) return body.arg === undefined ? body : comparing(body, body.arg);
  const args = argsOfFunction(node, ['if', 'iif']);
  const [condition, then, otherwise] = args ?? [];
  if (condition === undefined || then === undefined || otherwise === undefined) return undefined;
  return { args: [{ CaseWhen: { expr: condition, result: then } }], defresult: otherwise };
}

function comparing({ args, defresult }: CaseExpr, subject: Node): CaseExpr {
  const whens = branchesOf({ args: args ?? [] }).map(([value, result]): Node => ({
    CaseWhen: { expr: equals(subject, value), result },
  }));
  return { args: whens, ...(defresult === undefined ? {} : { defresult }) };
}

function coalesceArgs(node: Node): readonly Node[] | undefined {
  return bodyOf(node, 'CoalesceExpr')?.args ?? argsOfFunction(node, ['coalesce', 'ifnull']);
}

function argsOfFunction(node: Node, names: readonly string[]): readonly Node[] | undefined {
  const body = bodyOf(node, 'FuncCall');
  if (body === undefined || !names.includes(lastName(body.funcname).toLowerCase())) return undefined;
  return body.args ?? [];
}
