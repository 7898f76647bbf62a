import { SqlError } from '../../errors.ts';
import { abortError } from '../models/abort-error.ts';
import { AbortGroups } from './abort-groups.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { FairQueue } from './fair-queue.ts';
import { addWaiter, isAwaitedBy, newFlight, NOWHERE, standsIn } from './flight.ts';
import type { Flight, Waiter } from './flight.ts';
import { hedged } from './hedged.ts';
import { Slots } from './slots.ts';
import { StragglerWatch } from './straggler-watch.ts';

export interface SchedulerSettings {
  /** Most calls in flight. */
  readonly concurrency: number;
  /** A call that takes so many times the median of the last calls is run once more; never where unset. */
  readonly hedgeFactor?: number;
}

export interface SchedulerProgress {
  readonly queued: number;
  readonly inFlight: number;
  /** Answered since the start. */
  readonly done: number;
  readonly failed: number;
  /** Most calls in flight at present. */
  readonly limit: number;
}

/**
 * Runs each distinct call once for everyone who waits for it, so many at a time, in turn between sessions. One a
 * process.
 */
export class CallScheduler {
  readonly slots: Slots;
  readonly #flights = new Map<string, Flight>();
  readonly #queue = new FairQueue<Flight>();
  readonly #aborts = new AbortGroups<Waiter>((waiter, reason) => this.#leave(waiter, reason));
  readonly #ending = new Set<Promise<void>>();
  readonly #stragglers: StragglerWatch | undefined;
  #queued = 0;
  #done = 0;
  #failed = 0;
  #closed = false;

  constructor(settings: SchedulerSettings) {
    this.slots = new Slots(new ConcurrencyLimit(settings.concurrency), () => this.#startNext());
    this.#stragglers =
      settings.hedgeFactor === undefined ? undefined : new StragglerWatch(settings.hedgeFactor);
  }

  /**
   * The answer of `work`, which runs once for all who wait for `key` at the same time. Its signal is aborted when
   * the last of them has aborted; whoever comes after that starts it anew. Rejects with what the work throws, and
   * at once with the reason of `waiter` on its abort.
   */
  schedule<T>(
    key: string,
    sessionId: string,
    work: (signal: AbortSignal) => Promise<T>,
    waiter: AbortSignal,
  ): Promise<T> {
    if (this.#closed) return Promise.reject(shutDown());
    if (waiter.aborted) return Promise.reject(abortError(waiter));
    const flight = this.#flightOf(key, work);
    return new Promise<unknown>((resolve, reject) => {
      this.#join({ flight, sessionId, signal: waiter, resolve, reject });
    }) as Promise<T>;
  }

  get progress(): SchedulerProgress {
    const { taken, limit } = this.slots;
    const counts = { queued: this.#queued, done: this.#done, failed: this.#failed };
    return Object.freeze({ ...counts, inFlight: taken, limit: limit.current });
  }

  /** Calls that a session waits for and that have not started. */
  queuedOf(sessionId: string): number {
    return this.#queue.sizeOf(sessionId);
  }

  /** Rejects everyone with 57P01, aborts what runs and waits until it has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    const reason = shutDown();
    for (const flight of [...this.#flights.values()]) {
      this.#unqueue(flight);
      flight.running?.abort(reason);
      this.#land(flight, (waiter) => waiter.reject(reason));
    }
    await Promise.all(this.#ending);
  }

  #flightOf(key: string, work: (signal: AbortSignal) => Promise<unknown>): Flight {
    const known = this.#flights.get(key);
    if (known !== undefined) return known;
    const flight = newFlight(key, work);
    this.#flights.set(key, flight);
    return flight;
  }

  #join(waiter: Waiter): void {
    const { flight, sessionId, signal } = waiter;
    addWaiter(flight, waiter);
    this.#aborts.add(signal, waiter);
    if (flight.running !== undefined || standsIn(flight, sessionId)) return;
    if (flight.tickets.length === 0) this.#queued += 1;
    const ticket = this.#queue.push(sessionId, flight);
    flight.tickets = flight.tickets.length === 0 ? [ticket] : [...flight.tickets, ticket];
    this.#startNext();
  }

  /** A waiter's signal was aborted. */
  #leave(waiter: Waiter, reason: SqlError): void {
    const { flight, sessionId } = waiter;
    flight.waiters.splice(flight.waiters.indexOf(waiter), 1);
    waiter.reject(reason);
    if (flight.waiters.length === 0) this.#abandon(flight, reason);
    else if (!isAwaitedBy(flight, sessionId)) this.#leaveLane(flight, sessionId);
  }

  #abandon(flight: Flight, reason: SqlError): void {
    this.#flights.delete(flight.key);
    this.#unqueue(flight);
    flight.running?.abort(reason);
  }

  #leaveLane(flight: Flight, sessionId: string): void {
    for (const ticket of flight.tickets) if (ticket.lane.sessionId === sessionId) this.#queue.remove(ticket);
    flight.tickets = flight.tickets.filter(({ lane }) => lane.sessionId !== sessionId);
  }

  #unqueue(flight: Flight): void {
    if (flight.tickets.length > 0) this.#queued -= 1;
    for (const ticket of flight.tickets) this.#queue.remove(ticket);
    flight.tickets = NOWHERE;
  }

  #startNext(): void {
    while (this.#queued > 0 && this.slots.take()) {
      const flight = this.#queue.next();
      if (flight === undefined) throw new Error('the queue has lost a call');
      this.#unqueue(flight);
      this.#start(flight);
    }
  }

  #start(flight: Flight): void {
    const controller = new AbortController();
    flight.running = controller;
    const ending = this.#run(flight, controller.signal)
      .then(
        (value) => this.#answered(flight, value),
        (error: unknown) => this.#refused(flight, error),
      )
      .finally(() => {
        this.#ending.delete(ending);
        this.slots.give();
      });
    this.#ending.add(ending);
  }

  async #run(flight: Flight, signal: AbortSignal): Promise<unknown> {
    if (this.#stragglers === undefined) return flight.work(signal);
    const start = performance.now();
    const value = await this.#runHedged(flight, this.#stragglers.lateAfterMs, signal);
    this.#stragglers.took(performance.now() - start);
    return value;
  }

  #runHedged(flight: Flight, afterMs: number | undefined, signal: AbortSignal): Promise<unknown> {
    if (afterMs === undefined) return flight.work(signal);
    const take = (): boolean => this.#queued === 0 && this.slots.take();
    return hedged((run) => flight.work(run), { afterMs, take, give: () => this.slots.give() }, signal);
  }

  #answered(flight: Flight, value: unknown): void {
    if (flight.waiters.length > 0) this.#done += 1;
    this.#land(flight, (waiter) => waiter.resolve(value));
  }

  #refused(flight: Flight, error: unknown): void {
    if (flight.waiters.length > 0) this.#failed += 1;
    this.#land(flight, (waiter) => waiter.reject(error));
  }

  /** Takes leave of everyone who waits. */
  #land(flight: Flight, tell: (waiter: Waiter) => void): void {
    if (this.#flights.get(flight.key) === flight) this.#flights.delete(flight.key);
    for (const waiter of flight.waiters.splice(0)) {
      this.#aborts.remove(waiter.signal, waiter);
      tell(waiter);
    }
  }
}

function shutDown(): SqlError {
  return new SqlError('57P01', 'the server is shutting down');
}
