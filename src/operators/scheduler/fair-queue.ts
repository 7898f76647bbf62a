import { LinkedQueue } from './linked-queue.ts';
import type { Place } from './linked-queue.ts';

interface Lane<T> {
  readonly sessionId: string;
  readonly items: LinkedQueue<T>;
  /** Its place in the round; set while it holds items. */
  turn: Place<Lane<T>> | undefined;
}

/** Where an item stands. An item that several sessions wait for stands in the lane of each. */
export interface Ticket<T> {
  readonly lane: Lane<T>;
  readonly place: Place<T>;
}

/** One lane a session, served in turn: a session with 10,000 items delays another with one by one item. */
export class FairQueue<T> {
  readonly #lanes = new Map<string, Lane<T>>();
  readonly #round = new LinkedQueue<Lane<T>>();

  push(sessionId: string, item: T): Ticket<T> {
    const lane = this.#laneOf(sessionId);
    lane.turn ??= this.#round.push(lane);
    return { lane, place: lane.items.push(item) };
  }

  /** The item in turn; its lane's next turn comes after all others. It stays until its tickets are removed. */
  next(): T | undefined {
    const lane = this.#round.first;
    if (lane?.turn === undefined) return undefined;
    this.#round.remove(lane.turn);
    lane.turn = this.#round.push(lane);
    return lane.items.first;
  }

  remove({ lane, place }: Ticket<T>): void {
    lane.items.remove(place);
    if (lane.items.size > 0 || lane.turn === undefined) return;
    this.#round.remove(lane.turn);
    lane.turn = undefined;
    this.#lanes.delete(lane.sessionId);
  }

  /** Items in the lane of a session. */
  sizeOf(sessionId: string): number {
    return this.#lanes.get(sessionId)?.items.size ?? 0;
  }

  #laneOf(sessionId: string): Lane<T> {
    const known = this.#lanes.get(sessionId);
    if (known !== undefined) return known;
    const lane: Lane<T> = { sessionId, items: new LinkedQueue<T>(), turn: undefined };
    this.#lanes.set(sessionId, lane);
    return lane;
  }
}
