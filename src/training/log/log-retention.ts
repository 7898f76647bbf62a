const DAY_MS = 86_400_000;

export interface LogRetentionParts {
  /** Removes what is older than this. */
  readonly purge: (before: Date) => Promise<unknown>;
  /** Told when a purge failed; the next one is tried a day later. */
  readonly warn: (message: string) => void;
}

/** Purges the log when it is started and each day after. */
export class LogRetention {
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void>;

  constructor(
    private readonly keepMs: number,
    private readonly parts: LogRetentionParts,
  ) {
    this.#running = this.#purge();
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#purge());
    }, DAY_MS);
    this.#timer.unref();
  }

  /** Waits for the purge under way. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #purge(): Promise<void> {
    try {
      await this.parts.purge(new Date(Date.now() - this.keepMs));
    } catch (error) {
      this.parts.warn(`The log cannot be purged: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
