import type { Ticket } from './fair-queue.ts';

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
  /** Its places in the lanes of its waiters; empty once it runs. */
  tickets: readonly Ticket<Flight>[];
  /** Set while it runs; aborted when its last waiter has gone. */
  running: AbortController | undefined;
}

export const NOWHERE: readonly never[] = Object.freeze([]);

export function newFlight(key: string, work: (signal: AbortSignal) => Promise<unknown>): Flight {
  return { key, work, waiters: [], tickets: NOWHERE, running: undefined };
}

/** Most calls have one waiter: an array made around it is 128 bytes smaller than one that it was pushed to. */
export function addWaiter(flight: Flight, waiter: Waiter): void {
  if (flight.waiters.length === 0) flight.waiters = [waiter];
  else flight.waiters.push(waiter);
}

export function standsIn(flight: Flight, sessionId: string): boolean {
  return flight.tickets.some(({ lane }) => lane.sessionId === sessionId);
}

export function isAwaitedBy(flight: Flight, sessionId: string): boolean {
  return flight.waiters.some((waiter) => waiter.sessionId === sessionId);
}
