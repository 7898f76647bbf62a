const DAY_MS = 86_400_000;

/** What this server may spend on models in a day, UTC. One a process. */
export class DailyBudget {
  #day: number;
  #spent: number;

  constructor(
    /** US dollars; null is no limit. */
    readonly capUsd: number | null,
    /** What the log says was spent since the day began. */
    spentToday = 0,
    private readonly now: () => number = Date.now,
  ) {
    this.#day = this.#today();
    this.#spent = spentToday;
  }

  get spentUsd(): number {
    this.#turn();
    return this.#spent;
  }

  /** Whether the day has room for so much more. */
  allows(costUsd: number): boolean {
    return this.capUsd === null || this.spentUsd + costUsd <= this.capUsd;
  }

  /** Counts money as spent; negative takes back what was counted before a request and not used. */
  add(costUsd: number): void {
    this.#turn();
    this.#spent = Math.max(0, this.#spent + costUsd);
  }

  #turn(): void {
    const today = this.#today();
    if (today === this.#day) return;
    this.#day = today;
    this.#spent = 0;
  }

  #today(): number {
    return Math.floor(this.now() / DAY_MS);
  }
}

/** When the day that holds `now` began, UTC. */
export function startOfDay(now: number): Date {
  return new Date(Math.floor(now / DAY_MS) * DAY_MS);
}
