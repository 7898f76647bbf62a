import type { SqlError } from '../../errors.ts';
import { abortError } from '../models/abort-error.ts';

interface Group<T> {
  readonly members: Set<T>;
  readonly listener: () => void;
}

/**
 * Tells each member of the abort of its signal, with one listener a signal: a statement has one signal and may
 * wait for a million calls, and the platform walks all listeners of a signal to add or remove one.
 */
export class AbortGroups<T> {
  readonly #groups = new Map<AbortSignal, Group<T>>();

  /** `onAbort` gets one and the same error for all members of a signal. */
  constructor(readonly onAbort: (member: T, reason: SqlError) => void) {}

  add(signal: AbortSignal, member: T): void {
    this.#groupOf(signal).members.add(member);
  }

  remove(signal: AbortSignal, member: T): void {
    const group = this.#groups.get(signal);
    if (group === undefined) return;
    group.members.delete(member);
    if (group.members.size > 0) return;
    signal.removeEventListener('abort', group.listener);
    this.#groups.delete(signal);
  }

  #groupOf(signal: AbortSignal): Group<T> {
    const known = this.#groups.get(signal);
    if (known !== undefined) return known;
    const group: Group<T> = { members: new Set(), listener: () => this.#aborted(signal) };
    this.#groups.set(signal, group);
    signal.addEventListener('abort', group.listener, { once: true });
    return group;
  }

  #aborted(signal: AbortSignal): void {
    const group = this.#groups.get(signal);
    this.#groups.delete(signal);
    const reason = abortError(signal);
    for (const member of group?.members ?? []) this.onAbort(member, reason);
  }
}
