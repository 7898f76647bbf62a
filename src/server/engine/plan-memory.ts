import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import type { StatementPlan } from './plan/plan-statement.ts';

const CAPACITY = 128;

/** What a plan was made from, beside the statement: it is good as long as all of it is the same. */
export interface PlanBasis {
  readonly operators: OperatorSet;
  /** Writes to the database so far: a table may have changed. */
  readonly writes: number;
  /** Of the statistics that order conditions. */
  readonly generation: number;
  /** The tables of known answers, for each operator that has one. */
  readonly known: string;
}

interface Remembered {
  readonly basis: PlanBasis;
  readonly plan: StatementPlan;
}

/** The plans of one connection, the least recently used out first. */
export class PlanMemory {
  readonly #plans = new Map<string, Remembered>();

  get(sql: string, basis: PlanBasis): StatementPlan | undefined {
    const found = this.#plans.get(sql);
    if (found === undefined || !isSame(found.basis, basis)) return undefined;
    this.#plans.delete(sql);
    this.#plans.set(sql, found);
    return found.plan;
  }

  put(sql: string, basis: PlanBasis, plan: StatementPlan): void {
    this.#plans.delete(sql);
    this.#plans.set(sql, { basis, plan });
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > CAPACITY && oldest !== undefined) this.#plans.delete(oldest);
  }
}

function isSame(a: PlanBasis, b: PlanBasis): boolean {
  const same = a.operators === b.operators && a.writes === b.writes;
  return same && a.generation === b.generation && a.known === b.known;
}
