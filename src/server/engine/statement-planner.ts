import type { DuckDBConnection } from '@duckdb/node-api';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import type { KnownAnswers, KnownAnswersTable } from './known-answers.ts';
import { ConditionStatistics } from './plan/condition-statistics.ts';
import type { FunctionTraits } from './plan/function-traits.ts';
import type { PairCheck } from './plan/pair-check.ts';
import { type LookedUp, planStatement, type StatementPlan, unchanged } from './plan/plan-statement.ts';
import { SemanticVocabulary } from './plan/semantic-vocabulary.ts';
import { type PlanBasis, PlanMemory } from './plan-memory.ts';
import { knownRows } from './known-rows.ts';
import { isQuery, type PassContext } from './statement-passes.ts';
import type { KnownTable } from './plan/known-columns.ts';

/** Plans the statements of one database, and keeps from a plan what DuckDB cannot make sense of. */
export class StatementPlanner {
  readonly statistics = new ConditionStatistics();
  readonly #memories = new WeakMap<DuckDBConnection, PlanMemory>();
  #vocabulary: { readonly of: OperatorSet; readonly vocabulary: SemanticVocabulary } | null = null;

  constructor(
    private readonly traits: FunctionTraits,
    readonly operators: () => OperatorSet,
    private readonly known: KnownAnswers,
  ) {}

  /** What LIMIT is may hang on a parameter, so plans with parameters are made anew. */
  async plan(sql: string, context: PassContext): Promise<StatementPlan> {
    const tables = await this.#tables(context);
    if (context.parameters.length > 0) return this.#best(sql, context, tables);
    const memory = this.#memoryOf(context.connection);
    const basis: PlanBasis = {
      operators: this.operators(),
      writes: context.writes.value,
      generation: this.statistics.generation,
      known: JSON.stringify([...tables]),
    };
    const known = memory.get(sql, basis);
    if (known !== undefined) return known;
    const plan = await this.#best(sql, context, tables);
    memory.put(sql, basis, plan);
    return plan;
  }

  /** By operator, the tables in which DuckDB finds answers that the statement may use. */
  async #tables(context: PassContext): Promise<ReadonlyMap<string, KnownAnswersTable>> {
    const found = new Map<string, KnownAnswersTable>();
    if (context.countsRows) return found;
    for (const name of context.bound) {
      const sql = this.operators().operators.get(name)?.sql;
      const book = sql === undefined ? undefined : context.evaluation.book(name);
      const table = sql === undefined || book === undefined ? null : await this.known.table(sql, book.table);
      if (table !== null) found.set(name, table);
    }
    return found;
  }

  /** With the tables of known answers where enough rows are looked up in them. */
  async #best(
    sql: string,
    context: PassContext,
    tables: ReadonlyMap<string, KnownAnswersTable>,
  ): Promise<StatementPlan> {
    if (tables.size > 0) {
      const plan = await this.#make(sql, context, (name) => tables.get(name)?.name);
      const rows = await knownRows(plan.sql, context);
      const answers = Math.max(...[...tables.values()].map((table) => table.answers));
      if (rows > 0 && this.known.policy.pays(rows, answers)) {
        return Object.freeze({ ...plan, lookedUp: lookedUpBy(plan, tables, rows) });
      }
    }
    return this.#make(sql, context);
  }

  async #make(sql: string, context: PassContext, known?: KnownTable): Promise<StatementPlan> {
    const refused = new Set<number>();
    let plan = await this.#planned(sql, context, refused, known);
    for (const walk of plan.walks) if (!(await isQuery(context, walk.ask(1)))) refused.add(walk.at);
    if (refused.size > 0) plan = await this.#planned(sql, context, refused, known);
    if (plan.sql === sql) return plan;
    return (await isQuery(context, plan.sql)) ? onlySound(plan, context) : unchanged(sql);
  }

  #planned(
    sql: string,
    context: PassContext,
    refused: ReadonlySet<number>,
    known: KnownTable | undefined,
  ): Promise<StatementPlan> {
    const vocabulary = this.#current();
    return planStatement(sql, {
      vocabulary,
      order: (conditions) => this.statistics.order(conditions, vocabulary),
      values: context.parameters,
      walks: (at) => !refused.has(at),
      ...(known === undefined ? {} : { known }),
    });
  }

  #memoryOf(connection: DuckDBConnection): PlanMemory {
    const known = this.#memories.get(connection) ?? new PlanMemory();
    this.#memories.set(connection, known);
    return known;
  }

  #current(): SemanticVocabulary {
    const operators = this.operators();
    if (this.#vocabulary?.of !== operators) {
      this.#vocabulary = { of: operators, vocabulary: new SemanticVocabulary(operators, this.traits) };
    }
    return this.#vocabulary.vocabulary;
  }
}

function lookedUpBy(
  { sql }: StatementPlan,
  tables: ReadonlyMap<string, KnownAnswersTable>,
  rows: number,
): readonly LookedUp[] {
  const read = [...tables].filter(([, { name }]) => sql.includes(`"${name.at(-1)}"`));
  return read.map(([operator, { answers }]) => ({ operator, answers: Math.min(rows, answers) }));
}

/** What comes out of a subquery that reads columns from outside cannot stand alone. */
async function onlySound(plan: StatementPlan, context: PassContext): Promise<StatementPlan> {
  const checks: PairCheck[] = [];
  for (const check of plan.checks) if (await isQuery(context, check.pairs)) checks.push(check);
  const subqueries: string[] = [];
  for (const sql of plan.subqueries) if (await isQuery(context, sql)) subqueries.push(sql);
  return Object.freeze({ ...plan, checks, subqueries });
}
