import type { Unit } from './flight.ts';
import type { Pack } from './pack.ts';
import { hasRoom, newUnit } from './unit.ts';

/** How long a request that is not full waits for company while slots are free. */
export const LINGER_MS = 4;

/**
 * The requests that still take calls, one a group. A request is ready when it is full or has waited LINGER_MS; while
 * it waits for a slot after that, calls still join it.
 */
export class Packer {
  readonly #open = new Map<string, Unit>();
  readonly #lingering = new Map<Unit, NodeJS.Timeout>();

  /** Told of each request once, when it is ready. */
  constructor(readonly onReady: (unit: Unit) => void) {}

  /** The request for a call with this offer, in which the caller then puts it. */
  unitFor(pack: Pack): Unit {
    const open = this.#open.get(pack.group);
    if (open !== undefined && hasRoom(open, pack)) return open;
    if (open !== undefined) this.close(open);
    const unit = newUnit();
    this.#open.set(pack.group, unit);
    this.#lingering.set(
      unit,
      setTimeout(() => this.#ready(unit), LINGER_MS),
    );
    return unit;
  }

  /** After a call was put in. */
  joined(unit: Unit): void {
    const [first] = unit.packs;
    if (first !== undefined && unit.packs.length >= first.maxItems) this.close(unit);
  }

  /** No more calls are put in. */
  close(unit: Unit): void {
    const group = unit.packs[0]?.group;
    if (group !== undefined && this.#open.get(group) === unit) this.#open.delete(group);
    this.#ready(unit);
  }

  /** Nobody wants it any more. */
  drop(unit: Unit): void {
    for (const [group, open] of this.#open) if (open === unit) this.#open.delete(group);
    this.#stopLingering(unit);
  }

  #ready(unit: Unit): void {
    if (this.#stopLingering(unit)) this.onReady(unit);
  }

  /** Whether it was lingering. */
  #stopLingering(unit: Unit): boolean {
    clearTimeout(this.#lingering.get(unit));
    return this.#lingering.delete(unit);
  }
}
