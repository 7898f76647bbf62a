import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { SqlError } from '../../errors.ts';
import type { Store } from './store-contract.ts';

/** Shares of the patience: after the first one asks whether the store lives, and waits for the second. */
const UNEASY = 0.4;
const LISTENING = 0.5;

/**
 * How long statements wait for the store. A store that is busy with a question is waited for as long as it answers
 * another one beside it; one that does not within the patience is down, and until it answers nobody waits for it.
 */
export class Reach {
  readonly #store: Store;
  readonly #patienceMs: number;
  readonly #unanswered = new Set<Promise<unknown>>();

  constructor(store: Store, patienceMs = 250) {
    this.#store = store;
    this.#patienceMs = patienceMs;
  }

  /** Throws SqlError 58030 where the store is down or fails. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    if (this.#unanswered.size > 0) throw this.#tooLate();
    const running = work();
    const answer = running.then((value) => ({ value }));
    for (;;) {
      const answered = await Promise.race([answer, sleep(this.#patienceMs * UNEASY)]);
      if (answered !== undefined) return answered.value;
      await this.#signOfLife(running);
    }
  }

  /** Finds out, for those who ask next, whether the store is down when this question is not answered. */
  watch(question: Promise<unknown>): void {
    const settled = question.then(
      () => true,
      () => true,
    );
    const watching = async (): Promise<void> => {
      if ((await Promise.race([settled, sleep(this.#patienceMs * UNEASY)])) !== true)
        await this.#signOfLife(question);
    };
    // Who asks next is told.
    watching().catch(() => undefined);
  }

  /** Resolves when the store has answered anything; an answer that waits for a busy event loop counts. */
  async #signOfLife(question: Promise<unknown>): Promise<void> {
    const heard = await Promise.race([
      question.then(() => true),
      this.#store.query('pulse', 'SELECT 1').then(() => true),
      sleep(this.#patienceMs * LISTENING).then(() => nextTurn(false)),
    ]);
    if (heard) return;
    this.#unanswered.add(question);
    const settled = (): void => void this.#unanswered.delete(question);
    question.then(settled, settled);
    throw this.#tooLate();
  }

  #tooLate(): SqlError {
    return new SqlError('58030', `the log did not answer within ${this.#patienceMs} ms`);
  }
}
