import { randomUUID } from 'node:crypto';

/** A UUID of version 7 (RFC 9562): begins with the time in milliseconds, so that ids sort by age. */
export function uuidV7(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  // Version 4 is random wherever version 7 is, and has the same variant.
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

/** Milliseconds since the epoch at which such a UUID was made. */
export function timeOfUuid(uuid: string): number {
  return parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}
