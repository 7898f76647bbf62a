import type { StatementScope } from '../evaluation/statement-scope.ts';

/** Warnings of advisory wards: each once a statement, however many of its rows it is about. */
export class WardAdvice {
  readonly #given = new WeakMap<AbortSignal, Set<string>>();

  give({ signal, notice }: StatementScope, message: string): void {
    const given = this.#given.get(signal) ?? new Set<string>();
    this.#given.set(signal, given);
    if (given.has(message)) return;
    given.add(message);
    notice({ severity: 'WARNING', code: '01000', message });
  }
}
