import { SqlError } from '../../errors.ts';
import { abortError } from '../models/abort-error.ts';
import { AbortGroups } from './abort-groups.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { FairQueue } from './fair-queue.ts';
import { addWaiter } from './flight.ts';
import type { Flight, Unit, Waiter } from './flight.ts';
import { hedged } from './hedged.ts';
import type { Pack } from './pack.ts';
import { Packer } from './packer.ts';
import { Slots } from './slots.ts';
import { StragglerWatch } from './straggler-watch.ts';
import {
  addFlight,
  isAwaited,
  isAwaitedBy,
  newUnit,
  NOWHERE,
  removeFlight,
  sessionsOf,
  standsIn,
} from './unit.ts';

export interface SchedulerSettings {
  /** Most calls in flight. */
  readonly concurrency: number;
  /**
   * A call that takes so many times the median of the last calls is run once more; never where unset. Calls that
   * share a request are not.
   */
  readonly hedgeFactor?: number;
}

export interface SchedulerProgress {
  /** Requests; those in flight too. */
  readonly queued: number;
  readonly inFlight: number;
  /** Calls answered since the start. */
  readonly done: number;
  readonly failed: number;
  /** Most calls in flight at present. */
  readonly limit: number;
}

/** Requests that start before others have their turn: each is a prompt made and sent, about half a millisecond. */
const STARTS_A_TURN = 2;

/**
 * Runs each distinct call once for everyone who waits for it, so many at a time, in turn between sessions. One a
 * process.
 */
export class CallScheduler {
  readonly slots: Slots;
  readonly #flights = new Map<string, Flight>();
  readonly #queue = new FairQueue<Unit>();
  readonly #packer = new Packer((unit) => this.#enqueue(unit));
  readonly #aborts = new AbortGroups<Waiter>((waiter, reason) => this.#leave(waiter, reason));
  readonly #ending = new Set<Promise<void>>();
  readonly #stragglers: StragglerWatch | undefined;
  #queued = 0;
  #done = 0;
  #failed = 0;
  #closed = false;
  /** Requests that may still start in this turn of the event loop. */
  #starts = STARTS_A_TURN;
  #turning = false;

  constructor(settings: SchedulerSettings) {
    this.slots = new Slots(new ConcurrencyLimit(settings.concurrency), () => this.#startNext());
    this.#stragglers =
      settings.hedgeFactor === undefined ? undefined : new StragglerWatch(settings.hedgeFactor);
  }

  /**
   * The answer of `work`, which runs once for all who wait for `key` at the same time. Its signal is aborted when
   * the last of them has aborted; whoever comes after that starts it anew. Rejects with what the work throws, and
   * at once with the reason of `waiter` on its abort. With a `pack`, the call may share a request with others
   * instead, and runs its `work` only where it finds no company or its item came back without a usable answer.
   */
  schedule<T>(
    key: string,
    sessionId: string,
    work: (signal: AbortSignal) => Promise<T>,
    waiter: AbortSignal,
    pack?: Pack,
  ): Promise<T> {
    if (this.#closed) return Promise.reject(shutDown());
    if (waiter.aborted) return Promise.reject(abortError(waiter));
    return new Promise<unknown>((resolve, reject) => {
      const flight = this.#flights.get(key) ?? this.#newFlight(key, work, pack);
      this.#join({ flight, sessionId, signal: waiter, resolve, reject });
      if (pack !== undefined) this.#packer.joined(flight.unit);
    }) as Promise<T>;
  }

  get progress(): SchedulerProgress {
    const { taken, limit } = this.slots;
    const counts = { queued: this.#queued, done: this.#done, failed: this.#failed };
    return Object.freeze({ ...counts, inFlight: taken, limit: limit.current });
  }

  /** Requests that a session waits for and that have not started. */
  queuedOf(sessionId: string): number {
    return this.#queue.sizeOf(sessionId);
  }

  /** Rejects everyone with 57P01, aborts what runs and waits until it has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    const reason = shutDown();
    for (const flight of [...this.#flights.values()]) {
      this.#packer.drop(flight.unit);
      this.#unqueue(flight.unit);
      flight.unit.running?.abort(reason);
      this.#land(flight, (waiter) => waiter.reject(reason));
    }
    await Promise.all(this.#ending);
  }

  #newFlight(key: string, work: Flight['work'], pack: Pack | undefined): Flight {
    const unit = pack === undefined ? newUnit() : this.#packer.unitFor(pack);
    const flight: Flight = { key, work, waiters: [], unit };
    addFlight(unit, flight, pack);
    this.#flights.set(key, flight);
    return flight;
  }

  #join(waiter: Waiter): void {
    const { flight, sessionId, signal } = waiter;
    const { unit } = flight;
    addWaiter(flight, waiter);
    this.#aborts.add(signal, waiter);
    const queued = unit.tickets.length > 0;
    if (queued && !standsIn(unit, sessionId)) {
      unit.tickets = [...unit.tickets, this.#queue.push(sessionId, unit)];
    }
    if (!queued && unit.running === undefined && unit.packs.length === 0) this.#enqueue(unit);
  }

  #enqueue(unit: Unit): void {
    this.#queued += 1;
    unit.tickets = [...sessionsOf(unit)].map((sessionId) => this.#queue.push(sessionId, unit));
    this.#startNext();
  }

  /** A waiter's signal was aborted. */
  #leave(waiter: Waiter, reason: SqlError): void {
    const { flight, sessionId } = waiter;
    flight.waiters.splice(flight.waiters.indexOf(waiter), 1);
    waiter.reject(reason);
    if (flight.waiters.length === 0) this.#abandon(flight, reason);
    if (!isAwaitedBy(flight.unit, sessionId)) this.#leaveLane(flight.unit, sessionId);
  }

  /** A call whose request goes on for the sake of others can still be joined. */
  #abandon(flight: Flight, reason: SqlError): void {
    const { unit } = flight;
    if (unit.running === undefined) {
      this.#flights.delete(flight.key);
      if (unit.flights.length === 1) this.#packer.drop(unit);
      removeFlight(unit, flight);
      if (unit.flights.length === 0) this.#unqueue(unit);
    } else if (!isAwaited(unit)) {
      for (const { key } of unit.flights) this.#flights.delete(key);
      unit.running.abort(reason);
    }
  }

  #leaveLane(unit: Unit, sessionId: string): void {
    for (const ticket of unit.tickets) if (ticket.lane.sessionId === sessionId) this.#queue.remove(ticket);
    unit.tickets = unit.tickets.filter(({ lane }) => lane.sessionId !== sessionId);
  }

  #unqueue(unit: Unit): void {
    if (unit.tickets.length > 0) this.#queued -= 1;
    for (const ticket of unit.tickets) this.#queue.remove(ticket);
    unit.tickets = NOWHERE;
  }

  /** So many replies that come together do not start as many requests at once. */
  #startNext(): void {
    while (this.#queued > 0 && this.#starts > 0 && this.slots.take()) {
      this.#starts -= 1;
      const unit = this.#queue.next();
      if (unit === undefined) throw new Error('the queue has lost a call');
      this.#unqueue(unit);
      this.#packer.close(unit);
      this.#start(unit);
    }
    if (this.#starts < STARTS_A_TURN) this.#turnSoon();
  }

  #turnSoon(): void {
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(() => {
      this.#turning = false;
      this.#starts = STARTS_A_TURN;
      this.#startNext();
    });
  }

  #start(unit: Unit): void {
    const controller = new AbortController();
    unit.running = controller;
    this.slots.hold(controller.signal);
    const ending = this.#runUnit(unit, controller.signal).finally(() => {
      this.#ending.delete(ending);
      this.slots.give();
    });
    this.#ending.add(ending);
  }

  #runUnit(unit: Unit, signal: AbortSignal): Promise<void> {
    const [only] = unit.flights;
    if (only === undefined || unit.flights.length > 1) return this.#runPack(unit, signal);
    return this.#run(only, signal).then(
      (value) => this.#answered(only, value),
      (error: unknown) => this.#refused(only, error),
    );
  }

  async #runPack({ flights, packs }: Unit, signal: AbortSignal): Promise<void> {
    try {
      const [first] = packs as readonly [Pack];
      const outcomes = await first.run(
        packs.map(({ item }) => item),
        signal,
      );
      flights.forEach((flight, at) => {
        const outcome = outcomes[at];
        if (outcome?.ok === true) this.#answered(flight, outcome.value);
        else this.#askAlone(flight);
      });
    } catch (error) {
      for (const flight of flights) this.#refused(flight, error);
    }
  }

  #askAlone(flight: Flight): void {
    if (flight.waiters.length === 0) {
      if (this.#flights.get(flight.key) === flight) this.#flights.delete(flight.key);
      return;
    }
    flight.unit = newUnit();
    addFlight(flight.unit, flight, undefined);
    this.#enqueue(flight.unit);
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
    const work = (run: AbortSignal): Promise<unknown> => {
      this.slots.hold(run);
      return flight.work(run);
    };
    return hedged(work, { afterMs, take, give: () => this.slots.give() }, signal);
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
