import type { Node, SelectStmt, WithClause } from 'libpg-query';
import { bodyOf } from '../../dialect/syntax-tree.ts';
import { canWalk } from './can-walk.ts';
import { type Conjuncts, sortConjuncts } from './conjuncts.ts';
import { guardedFilter } from './guarded-filter.ts';
import { hoistJoinConditions } from './join-conditions.ts';
import { KnownColumns, type KnownTable } from './known-columns.ts';
import { LazyExpressions } from './lazy-expressions.ts';
import { mapBody, mapChildren } from '../../dialect/map-children.ts';
import { conjunctsOf, someNode } from './nodes.ts';
import { type PairCheck, pairChecks } from './pair-check.ts';
import { ANY_RELATION, isSubset, relationsOf } from './relation-names.ts';
import { type ParameterValues, rowsWanted } from './row-window.ts';
import type { SemanticCall, SemanticVocabulary } from './semantic-vocabulary.ts';
import { queryText } from './statement-text.ts';
import { makeWalk, type Walk } from './walk.ts';

export interface RewriterOptions {
  readonly vocabulary: SemanticVocabulary;
  /** Puts semantic conditions in the order in which they are to be evaluated. */
  readonly order: (conditions: readonly Node[]) => readonly Node[];
  /** Names (`$1`) and values of the statement's parameters. */
  readonly parameters: ReadonlySet<string>;
  readonly values: ParameterValues;
  /** False for a walk, by its number, that turned out to be none. */
  readonly walks: (at: number) => boolean;
  /** Where DuckDB finds known answers itself; they are asked of the functions where it is left out. */
  readonly known?: KnownTable;
}

/** Whose names a query's columns have: where others refer to them, a column without a name keeps its expression. */
type Names = 'referred' | 'free';

/** Rewrites one statement, once. Collects the walks and the checks that go before it. */
export class StatementRewriter {
  readonly walks: Walk[] = [];
  readonly checks: PairCheck[] = [];
  /** Subqueries of expressions whose answers decide what else is asked. */
  readonly subqueries: string[] = [];
  readonly #rewritten = new Map<Node, Node>();
  readonly #asking: LazyExpressions;
  readonly #peeking: LazyExpressions;
  #seen = 0;
  /** Of the query whose filter and targets are being rewritten. */
  #columns: KnownColumns | null = null;
  /** The common tables of the statement itself, which its subqueries may read. */
  #common: WithClause | undefined;

  constructor(private readonly options: RewriterOptions) {
    const around = {
      select: (node: Node, exists: boolean): Node => this.#subquery(node, exists),
      filter: (node: Node): Node => this.#filter([node], this.#asking) ?? node,
      column: (semantic: SemanticCall): Node | undefined => this.#columns?.columnOf(semantic),
    };
    this.#asking = new LazyExpressions(options.vocabulary, false, around);
    this.#peeking = new LazyExpressions(options.vocabulary, true, around);
  }

  rewrite(statement: Node): Node {
    if (!this.options.vocabulary.contains(statement)) return statement;
    if ('SelectStmt' in statement) return this.#query(statement, undefined, 'free');
    if ('CreateTableAsStmt' in statement)
      return mapChildren(statement, (node) => this.#part(node, 'referred'));
    if ('UpdateStmt' in statement || 'DeleteStmt' in statement) return this.#change(statement);
    if ('InsertStmt' in statement) return mapChildren(statement, (node) => this.#part(node, 'free'));
    if ('ExplainStmt' in statement) return mapChildren(statement, (node) => this.rewrite(node));
    return statement;
  }

  #part(node: Node, names: Names): Node {
    return 'SelectStmt' in node ? this.#query(node, undefined, names) : node;
  }

  /** UPDATE and DELETE: their condition, and the values of an UPDATE. */
  #change(statement: Node): Node {
    const body = bodyOf(statement, 'UpdateStmt') ?? bodyOf(statement, 'DeleteStmt');
    const where = body?.whereClause;
    return mapChildren(statement, (node) => {
      if (node === where) return this.#filter([node], this.#asking) ?? node;
      return 'ResTarget' in node ? this.#asking.value(node, false) : this.#part(node, 'free');
    });
  }

  /** The subquery of an expression, which may stand several times in what becomes of the expression. */
  #subquery(node: Node, exists: boolean): Node {
    const known = this.#rewritten.get(node);
    if (known !== undefined) return known;
    const walks = this.walks.length;
    const made = this.#query(node, this.#common, 'free', exists);
    this.#rewritten.set(node, made);
    const select = bodyOf(made, 'SelectStmt');
    if (made !== node && select !== undefined && walks === this.walks.length) {
      const withClause = joined(this.#common, select.withClause);
      this.subqueries.push(
        queryText(withClause === undefined ? select : { ...select, withClause }, this.options.parameters),
      );
    }
    return made;
  }

  #query(node: Node, outer: WithClause | undefined, names: Names, exists = false): Node {
    const select = bodyOf(node, 'SelectStmt');
    if (select === undefined || !this.options.vocabulary.contains(node)) return node;
    return { SelectStmt: this.#with(null, () => this.#select(select, outer, names, exists)) };
  }

  #select(select: SelectStmt, outer: WithClause | undefined, names: Names, exists: boolean): SelectStmt {
    const own = this.#withClause(select.withClause, outer);
    const scope = joined(outer, own);
    if (outer === undefined) this.#common ??= scope;
    const plain: SelectStmt = own === undefined ? select : { ...select, withClause: own };
    if (select.larg !== undefined && select.rarg !== undefined) {
      return {
        ...plain,
        larg: this.#select(select.larg, scope, names, false),
        rarg: this.#select(select.rarg, scope, names, false),
      };
    }
    return this.#clauses(plain, scope, names, exists);
  }

  #clauses(select: SelectStmt, scope: WithClause | undefined, names: Names, exists: boolean): SelectStmt {
    const { vocabulary } = this.options;
    const hoisted = hoistJoinConditions(select.fromClause ?? [], vocabulary);
    const from = hoisted.from.map((item) => this.#fromItem(item, scope));
    const where = select.whereClause === undefined ? [] : [select.whereClause];
    const conjuncts = this.#sorted([...where, ...hoisted.conditions]);
    const walk = this.#walk({ ...select, fromClause: from }, conjuncts, scope, exists);
    this.#check(select, from, conjuncts, hoisted.guards, scope);
    const others = this.#otherClauses(select);
    const columns = walk ? null : this.#knownColumns(select, from);
    return this.#with(columns, () => {
      const filter = guardedFilter(conjuncts, hoisted.guards, walk ? this.#peeking : this.#asking);
      const targets = this.#targets(select, names);
      return {
        ...others,
        ...(from.length === 0 ? {} : { fromClause: from }),
        ...(filter === undefined ? {} : { whereClause: filter }),
        ...(targets === undefined ? {} : { targetList: [...targets] }),
      };
    });
  }

  #knownColumns(select: SelectStmt, from: readonly Node[]): KnownColumns | null {
    const { known } = this.options;
    return known === undefined ? null : KnownColumns.of(select, from, known);
  }

  /** A query made while these are its columns, joined to those that it came to read. */
  #with(columns: KnownColumns | null, make: () => SelectStmt): SelectStmt {
    const around = this.#columns;
    this.#columns = columns;
    const made = make();
    this.#columns = around;
    return columns?.joinedTo(made) ?? made;
  }

  #sorted(conditions: readonly Node[]): Conjuncts {
    const conjuncts = sortConjuncts(conditions, this.options.vocabulary);
    // A subquery is evaluated for all rows in any case, so it goes first.
    const { semantic } = conjuncts;
    const nested = semantic.filter((node) => someNode(node, (inner) => 'SubLink' in inner));
    const others = semantic.filter((node) => !nested.includes(node));
    return Object.freeze({ ...conjuncts, semantic: [...nested, ...this.options.order(others)] });
  }

  #filter(conditions: readonly Node[], lazy: LazyExpressions): Node | undefined {
    return guardedFilter(this.#sorted(conditions), [], lazy);
  }

  #otherClauses(select: SelectStmt): SelectStmt {
    const value = <T>(clause: T): T => mapBody(clause, (node) => this.#asking.value(node, false));
    const { groupClause, sortClause, distinctClause, windowClause, valuesLists, havingClause } = select;
    const having = havingClause === undefined ? undefined : this.#filter([havingClause], this.#asking);
    return {
      ...select,
      ...(groupClause === undefined ? {} : { groupClause: value(groupClause) }),
      ...(sortClause === undefined ? {} : { sortClause: value(sortClause) }),
      ...(distinctClause === undefined ? {} : { distinctClause: value(distinctClause) }),
      ...(windowClause === undefined ? {} : { windowClause: value(windowClause) }),
      ...(valuesLists === undefined ? {} : { valuesLists: value(valuesLists) }),
      ...(having === undefined ? {} : { havingClause: having }),
    };
  }

  #targets({ targetList }: SelectStmt, names: Names): readonly Node[] | undefined {
    return targetList?.map((item) => {
      const named = bodyOf(item, 'ResTarget')?.name !== undefined;
      return named || names === 'free'
        ? mapChildren(item, (value) => this.#asking.value(value, false))
        : item;
    });
  }

  #walk(
    select: SelectStmt,
    conjuncts: Conjuncts,
    withClause: WithClause | undefined,
    exists: boolean,
  ): boolean {
    const { vocabulary, parameters, values, walks } = this.options;
    const limited = rowsWanted(select, values);
    const wanted =
      exists && select.limitCount === undefined && select.limitOffset === undefined ? 1 : limited;
    if (wanted === undefined || !canWalk(select, conjuncts, vocabulary)) return false;
    const at = this.#seen;
    this.#seen += 1;
    if (!walks(at)) return false;
    const lazy = { asking: this.#asking, peeking: this.#peeking };
    const from = select.fromClause ?? [];
    this.walks.push(
      makeWalk({ at, select, from, conjuncts, wanted, withClause, ...lazy, vocabulary, parameters }),
    );
    return true;
  }

  #check(
    select: SelectStmt,
    from: readonly Node[],
    conjuncts: Conjuncts,
    guards: readonly Node[],
    withClause: WithClause | undefined,
  ): void {
    const { vocabulary, parameters } = this.options;
    const expressions = [...conjuncts.semantic, ...(select.targetList ?? [])];
    const parts = { from, conjuncts, guards, withClause, peeking: this.#peeking, vocabulary, parameters };
    this.checks.push(...pairChecks(expressions, parts));
  }

  #withClause(clause: WithClause | undefined, outer: WithClause | undefined): WithClause | undefined {
    if (clause === undefined) return undefined;
    return mapBody(clause, (node) =>
      mapChildren(node, (query) => this.#query(query, joined(outer, clause, node), 'referred')),
    );
  }

  #fromItem(item: Node, scope: WithClause | undefined): Node {
    const join = bodyOf(item, 'JoinExpr');
    if (join !== undefined) {
      return mapChildren(item, (node) =>
        node === join.quals ? this.#joinCondition(node, join.jointype) : this.#fromItem(node, scope),
      );
    }
    if ('RangeSubselect' in item) return mapChildren(item, (node) => this.#query(node, scope, 'referred'));
    return 'RangeFunction' in item ? mapChildren(item, (node) => this.#asking.value(node, false)) : item;
  }

  /**
   * What stays in ON. In an outer join a guard that reads both sides would take the hash join away, so conditions
   * guard those that read the same side.
   */
  #joinCondition(condition: Node, jointype: string | undefined): Node {
    if (jointype === 'JOIN_INNER') return this.#filter([condition], this.#asking) ?? condition;
    const conditions = conjunctsOf(condition);
    if (conditions.some((node) => relationsOf(node).has(ANY_RELATION))) return condition;
    return this.#sideBySide(conditions) ?? condition;
  }

  #sideBySide(conditions: readonly Node[]): Node | undefined {
    const { cheap, once, semantic } = this.#sorted(conditions);
    const single = semantic.map((node) => {
      const own = cheap.filter((guard) => isSubset(relationsOf(guard), relationsOf(node)));
      return guardedFilter({ cheap: own, once: [], semantic: [node] }, [], this.#asking);
    });
    return guardedFilter(
      { cheap: [...cheap, ...once, ...single.filter((node) => node !== undefined)], once: [], semantic: [] },
      [],
      this.#asking,
    );
  }
}

/** The clauses as one; without the common table at hand and those after it. */
function joined(
  outer: WithClause | undefined,
  own: WithClause | undefined,
  before?: Node,
): WithClause | undefined {
  if (own === undefined) return outer;
  const ctes = own.ctes ?? [];
  const end = before === undefined ? ctes.length : ctes.indexOf(before);
  const all = [...(outer?.ctes ?? []), ...ctes.slice(0, Math.max(0, end))];
  if (all.length === 0) return undefined;
  return { ctes: all, recursive: (outer?.recursive ?? false) || (own.recursive ?? false) };
}
