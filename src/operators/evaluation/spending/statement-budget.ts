import { SqlError } from '../../../errors.ts';
import type { Spent } from '../evaluation-summary.ts';
import type { SemanticSettings, StatementScope } from '../statement-scope.ts';
import type { Budget, Charge, Estimate } from './budget.ts';
import { BudgetReached } from './budget-reached.ts';
import type { DailyBudget } from './daily-budget.ts';

type Limit = 'max_calls' | 'max_tokens' | 'max_cost_usd' | 'day';

/**
 * What one statement has spent and may still spend. Requests under way count with their estimate until their reply
 * says what they took; where only they stand in the way of the next one, it waits for them.
 */
export class StatementBudget implements Budget {
  readonly #settings: SemanticSettings;
  #calls = 0;
  #tokens = 0;
  #costUsd = 0;
  #pending = 0;
  #pendingTokens = 0;
  #pendingCostUsd = 0;
  #waiting: (() => void)[] = [];

  constructor(
    private readonly scope: Pick<StatementScope, 'statementId' | 'settings'>,
    private readonly day: DailyBudget,
  ) {
    this.#settings = scope.settings;
  }

  get spent(): Spent {
    return Object.freeze({ calls: this.#calls, tokens: this.#tokens, costUsd: this.#costUsd });
  }

  async begin(estimate: Estimate): Promise<Charge> {
    this.#checkPrice(estimate);
    for (;;) {
      const limit = this.#inTheWay(estimate);
      if (limit === null) return this.#charge(estimate);
      if (limit === 'max_calls' || limit === 'day' || this.#pending === 0) throw this.#reached(limit);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #inTheWay({ tokens, costUsd }: Estimate): Limit | null {
    const { maxCalls, maxTokens, maxCostUsd } = this.#settings;
    if (maxCalls !== null && this.#calls >= maxCalls) return 'max_calls';
    if (maxTokens !== null && this.#tokens + this.#pendingTokens + tokens > maxTokens) return 'max_tokens';
    const cost = costUsd ?? 0;
    if (maxCostUsd !== null && this.#costUsd + this.#pendingCostUsd + cost > maxCostUsd)
      return 'max_cost_usd';
    return this.day.allows(cost) ? null : 'day';
  }

  #charge({ tokens, costUsd }: Estimate): Charge {
    const cost = costUsd ?? 0;
    this.#calls += 1;
    this.#pending += 1;
    this.#pendingTokens += tokens;
    this.#pendingCostUsd += cost;
    this.day.add(cost);
    return {
      settle: (used) => {
        this.#pending -= 1;
        this.#pendingTokens -= tokens;
        this.#pendingCostUsd -= cost;
        this.#tokens += used?.tokens ?? 0;
        this.#costUsd += used?.costUsd ?? 0;
        this.day.add((used?.costUsd ?? 0) - cost);
        for (const wake of this.#waiting.splice(0)) wake();
      },
    };
  }

  #checkPrice({ costUsd, model }: Estimate): void {
    const limit =
      this.#settings.maxCostUsd !== null
        ? 'rvbbit.max_cost_usd'
        : this.day.capUsd !== null
          ? 'RVBBIT_DAILY_COST_USD'
          : null;
    if (costUsd !== null || limit === null) return;
    throw new SqlError('0A000', `${limit} cannot be kept: no price is known for the model "${model}"`, {
      hint: 'Give its price in a file that RVBBIT_PRICES names, or limit rvbbit.max_calls or rvbbit.max_tokens.',
    });
  }

  #reached(limit: Limit): BudgetReached {
    const { statementId } = this.scope;
    if (limit === 'day') {
      return new BudgetReached(
        statementId,
        `RVBBIT_DAILY_COST_USD = ${this.day.capUsd}`,
        'The server spends again after midnight UTC, or with a higher RVBBIT_DAILY_COST_USD after a restart.',
      );
    }
    const value = { max_calls: 'maxCalls', max_tokens: 'maxTokens', max_cost_usd: 'maxCostUsd' } as const;
    return new BudgetReached(
      statementId,
      `rvbbit.${limit} = ${this.#settings[value[limit]]}`,
      `Raise it, or SET rvbbit.${limit} = 0 for no limit. EXPLAIN (SEMANTIC) says what a statement takes.`,
    );
  }
}
