import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import type { FunctionTraits } from './plan/function-traits.ts';
import { planStatement, type StatementPlan, unchanged } from './plan/plan-statement.ts';
import { SemanticVocabulary } from './plan/semantic-vocabulary.ts';
import { isQuery, type PassContext } from './statement-passes.ts';

/** Plans the statements of one database, and keeps from a plan what DuckDB cannot make sense of. */
export class StatementPlanner {
  #vocabulary: { readonly of: OperatorSet; readonly vocabulary: SemanticVocabulary } | null = null;

  constructor(
    private readonly traits: FunctionTraits,
    private readonly operators: () => OperatorSet,
  ) {}

  async plan(sql: string, context: PassContext): Promise<StatementPlan> {
    const refused = new Set<number>();
    let plan = await this.#planned(sql, context, refused);
    for (const walk of plan.walks) if (!(await isQuery(context, walk.ask(1)))) refused.add(walk.at);
    if (refused.size > 0) plan = await this.#planned(sql, context, refused);
    if (plan.sql === sql) return plan;
    return (await isQuery(context, plan.sql)) ? withoutBrokenChecks(plan, context) : unchanged(sql);
  }

  #planned(sql: string, context: PassContext, refused: ReadonlySet<number>): Promise<StatementPlan> {
    return planStatement(sql, {
      vocabulary: this.#current(),
      order: (conditions) => conditions,
      values: context.parameters,
      walks: (at) => !refused.has(at),
    });
  }

  #current(): SemanticVocabulary {
    const operators = this.operators();
    if (this.#vocabulary?.of !== operators) {
      this.#vocabulary = { of: operators, vocabulary: new SemanticVocabulary(operators, this.traits) };
    }
    return this.#vocabulary.vocabulary;
  }
}

/** A check of a subquery that reads columns from outside cannot stand alone. */
async function withoutBrokenChecks(plan: StatementPlan, context: PassContext): Promise<StatementPlan> {
  const sound = await Promise.all(plan.checks.map((check) => isQuery(context, check.pairs)));
  return Object.freeze({ ...plan, checks: plan.checks.filter((_, at) => sound[at]) });
}
