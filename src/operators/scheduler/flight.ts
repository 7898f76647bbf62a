import type { Ticket } from './fair-queue.ts';
import type { Pack } from './pack.ts';

/** One caller that waits for a call. */
export interface Waiter {
  readonly flight: Flight;
  readonly sessionId: string;
  readonly signal: AbortSignal;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** One call and everyone who waits for it. */
export interface Flight {
  readonly key: string;
  readonly work: (signal: AbortSignal) => Promise<unknown>;
  waiters: Waiter[];
  /** What it is sent with: alone, or in the company of others. */
  unit: Unit;
}

/** What takes one slot: one call, or several in one request. */
export interface Unit {
  flights: readonly Flight[];
  /** Of each flight, in the same order; empty for a call that goes alone. */
  packs: readonly Pack[];
  /** Its places in the lanes of its waiters; empty before it is ready and once it runs. */
  tickets: readonly Ticket<Unit>[];
  /** Set while it runs; aborted when its last waiter has gone. */
  running: AbortController | undefined;
}

/** Most calls have one waiter: an array made around it is 128 bytes smaller than one that it was pushed to. */
export function addWaiter(flight: Flight, waiter: Waiter): void {
  if (flight.waiters.length === 0) flight.waiters = [waiter];
  else flight.waiters.push(waiter);
}
