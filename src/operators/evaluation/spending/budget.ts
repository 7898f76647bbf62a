import type { Spent } from '../evaluation-summary.ts';

/** What a request is expected to take. */
export interface Estimate {
  /** In and out. */
  readonly tokens: number;
  /** US dollars; null where no price is known. */
  readonly costUsd: number | null;
  /** For messages. */
  readonly model: string;
}

/** One request under way. */
export interface Charge {
  /** What it took; null where it brought no reply. To be called once. */
  settle(used: { readonly tokens: number; readonly costUsd: number | null } | null): void;
}

/** What a statement may spend. */
export interface Budget {
  readonly spent: Spent;
  /**
   * Resolves when a request may be sent, and counts it as sent. Rejects with BudgetReached where it would go past a
   * limit, and with SqlError 0A000 where a limit of money is set and no price is known.
   */
  begin(estimate: Estimate): Promise<Charge>;
}
