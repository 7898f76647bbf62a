import { daysOf, isDay } from './calendar.ts';
import { timeOutOfRange } from './invalid-value.ts';

/** The parts of `2024-02-29 12:34:56.789+02 BC`, any of which may be missing. */
export interface DateTimeParts {
  /** Since 1970-01-01; null where the text names no day. */
  readonly days: number | null;
  /** Since midnight. */
  readonly micros: number;
  /** Seconds east of UTC; null where the text names no zone. */
  readonly offset: number | null;
  /** A zone's name, as `Europe/Paris`. */
  readonly zone: string | null;
}

const DATE = String.raw`(?<year>\d{4,6})-(?<month>\d{1,2})-(?<day>\d{1,2})`;
const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?`;
const ZONE = String.raw`(?<utc>Z|UTC|GMT)|(?<sign>[+-])(?<zh>\d{1,2})(?::?(?<zm>\d{2}))?(?::?(?<zs>\d{2}))?|(?<zone>[A-Za-z]+\/[A-Za-z_/+-]+)`;
const FORM = new RegExp(`^(?:${DATE})?(?:(?:^|T|\\s+)${CLOCK}\\s*(?:${ZONE})?)?\\s*(?<era>BC|AD)?$`, 'i');

/** null where the text has another form. Throws 22008 on a day or an hour that does not exist. */
export function readDateTime(text: string): DateTimeParts | null {
  const groups = FORM.exec(text.trim())?.groups;
  if (groups === undefined || (groups.year === undefined && groups.hour === undefined)) return null;
  return {
    days: groups.year === undefined ? null : dayOf(groups, text),
    micros: groups.hour === undefined ? 0 : microsOf(groups, text),
    offset: offsetOf(groups),
    zone: groups.zone ?? null,
  };
}

type Groups = Readonly<Record<string, string | undefined>>;

function dayOf(groups: Groups, text: string): number {
  const written = Number(groups.year);
  const year = groups.era?.toUpperCase() === 'BC' ? 1 - written : written;
  const day = { year, month: Number(groups.month), day: Number(groups.day) };
  if (!isDay(day)) throw timeOutOfRange(text);
  return daysOf(day);
}

function microsOf(groups: Groups, text: string): number {
  const hour = Number(groups.hour);
  const minute = Number(groups.minute);
  const second = Number(groups.second ?? 0);
  const fraction = Math.round(Number(`0.${groups.fraction ?? '0'}`) * 1e6);
  const micros = (hour * 3600 + minute * 60 + second) * 1e6 + fraction;
  if (minute > 59 || second > 60 || micros > 86_400e6) throw timeOutOfRange(text);
  return micros;
}

function offsetOf(groups: Groups): number | null {
  if (groups.utc !== undefined) return 0;
  if (groups.sign === undefined) return null;
  const seconds = Number(groups.zh) * 3600 + Number(groups.zm ?? 0) * 60 + Number(groups.zs ?? 0);
  return groups.sign === '-' ? -seconds : seconds;
}
