import type { Flight, Unit } from './flight.ts';
import type { Pack } from './pack.ts';

export const NOWHERE: readonly never[] = Object.freeze([]);

export function newUnit(): Unit {
  return { flights: NOWHERE, packs: NOWHERE, tickets: NOWHERE, running: undefined };
}

/** An array made around its one element is 128 bytes smaller than one that it was pushed to. */
export function addFlight(unit: Unit, flight: Flight, pack: Pack | undefined): void {
  unit.flights = unit.flights.length === 0 ? [flight] : [...unit.flights, flight];
  if (pack !== undefined) unit.packs = [...unit.packs, pack];
}

export function hasRoom({ packs }: Unit, next: Pack): boolean {
  const [first] = packs;
  if (first === undefined || packs.length >= first.maxItems) return false;
  return packs.reduce((sum, { tokens }) => sum + tokens, next.tokens) <= first.maxTokens;
}

export function removeFlight(unit: Unit, flight: Flight): void {
  const at = unit.flights.indexOf(flight);
  unit.flights = unit.flights.filter((_, index) => index !== at);
  unit.packs = unit.packs.filter((_, index) => index !== at);
}

export function standsIn(unit: Unit, sessionId: string): boolean {
  return unit.tickets.some(({ lane }) => lane.sessionId === sessionId);
}

export function isAwaited(unit: Unit): boolean {
  return unit.flights.some(({ waiters }) => waiters.length > 0);
}

export function isAwaitedBy(unit: Unit, sessionId: string): boolean {
  return unit.flights.some(({ waiters }) => waiters.some((waiter) => waiter.sessionId === sessionId));
}

/** The sessions of all who wait, each once. */
export function sessionsOf(unit: Unit): ReadonlySet<string> {
  return new Set(unit.flights.flatMap(({ waiters }) => waiters.map(({ sessionId }) => sessionId)));
}
