/** Zones change their offset on quarters of an hour, in UTC. */
const STEP_MS = 15 * 60 * 1000;
const MAX_DATE_MS = 8.64e15;
const MAX_CACHED = 50_000;

/** Tells how far a time zone is ahead of UTC at an instant. Throws RangeError where the zone is unknown. */
export class ZoneClock {
  readonly #fixedSeconds: number | null;
  readonly #format: Intl.DateTimeFormat | null;
  readonly #cache = new Map<number, number>();

  constructor(readonly name: string) {
    this.#fixedSeconds = fixedOffset(name);
    this.#format = this.#fixedSeconds === null ? formatOf(name) : null;
  }

  /** Seconds east of UTC at `ms` since the epoch. */
  offsetSeconds(ms: number): number {
    if (this.#fixedSeconds !== null) return this.#fixedSeconds;
    const step = Math.floor(Math.max(-MAX_DATE_MS, Math.min(MAX_DATE_MS - STEP_MS, ms)) / STEP_MS);
    const known = this.#cache.get(step);
    if (known !== undefined) return known;
    const seconds = this.#measure(step * STEP_MS);
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    this.#cache.set(step, seconds);
    return seconds;
  }

  /** Seconds east of UTC where the zone's own clock shows `localMs`. */
  offsetOfLocal(localMs: number): number {
    const guess = this.offsetSeconds(localMs);
    return this.offsetSeconds(localMs - guess * 1000);
  }

  #measure(ms: number): number {
    const parts = new Map(this.#format?.formatToParts(ms).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
    const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
    const local = new Date(0);
    local.setUTCFullYear(year, part('month') - 1, part('day'));
    local.setUTCHours(part('hour') % 24, part('minute'), part('second'));
    return Math.round((local.getTime() - Math.floor(ms / 1000) * 1000) / 1000);
  }
}

function formatOf(name: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

/** `UTC`, `GMT` and `+02:00` (east is positive, as in ISO 8601); null for a zone with rules. */
function fixedOffset(name: string): number | null {
  if (/^(utc|gmt|etc\/utc|z|zulu)$/i.test(name)) return 0;
  const match = /^([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(name);
  if (match === null) return null;
  const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60;
  return match[1] === '-' ? -seconds : seconds;
}
