import { loadOperatorSet } from './load-cascades.ts';
import type { OperatorSet } from './operator-set.ts';

/** The set of operators in force. A statement takes `current()` once and keeps it, whatever is loaded meanwhile. */
export class OperatorRegistry {
  readonly #dirs: readonly string[];
  #current: OperatorSet;
  #reloading: Promise<unknown> = Promise.resolve();

  private constructor(dirs: readonly string[], first: OperatorSet) {
    this.#dirs = dirs;
    this.#current = first;
  }

  /** Later folders override earlier ones. Throws StartupError. */
  static async open(dirs: readonly string[]): Promise<OperatorRegistry> {
    return new OperatorRegistry(dirs, await loadOperatorSet(dirs, 1));
  }

  current(): OperatorSet {
    return this.#current;
  }

  /** One reload at a time. Throws StartupError and leaves the old set in force where a file is wrong. */
  reload(): Promise<OperatorSet> {
    const next = this.#reloading.then(() => this.#load());
    this.#reloading = next.catch(() => undefined);
    return next;
  }

  async #load(): Promise<OperatorSet> {
    this.#current = await loadOperatorSet(this.#dirs, this.#current.version + 1);
    return this.#current;
  }
}
