import type { ByteSink } from '../../byte-sink.ts';
import { offsetText } from '../../types/time.ts';
import { timestampText, zonedText } from '../../types/timestamp.ts';
import type { ZoneClock } from '../../types/zone-clock.ts';
import { writeInt32, writeText } from '../write-cell.ts';
import { DayDigits, putTwo } from './day-digits.ts';
import type { WriteValue } from './raw-cells.ts';
import { readSafe } from './safe-integer.ts';

const DAY = 86_400e6;
const COLON = 58;
const POINT = 46;
const SPACE = 32;
const ZERO = 48;
/** Length word, day, clock with micros, and an offset with seconds. */
const LONGEST = 4 + 10 + 16 + 9;

/** Timestamps without a zone where it is null. */
export function timestampTextWriter(zone: ZoneClock | null): WriteValue {
  const digits = new DayDigits();
  return (target, source, from) => {
    const utc = readSafe(source, from);
    if (utc !== null && writeDigits(target, utc, digits, zone)) return;
    const micros = source.getBigInt64(from, true);
    writeText(target, zone === null ? timestampText(micros, '') : zonedText(micros, zone));
  };
}

/** Gives whether it could be written: years before 1 and above 9999 are not. */
function writeDigits(target: ByteSink, utc: number, digits: DayDigits, zone: ZoneClock | null): boolean {
  target.ensure(LONGEST);
  const start = target.at;
  const offset = zone === null ? 0 : zone.offsetSeconds(Math.floor(utc / 1000));
  const micros = utc + offset * 1e6;
  const days = Math.floor(micros / DAY);
  target.at = start + 4;
  if (!digits.write(target, days)) {
    target.at = start;
    return false;
  }
  writeClock(target, micros - days * DAY);
  if (zone !== null) writeOffset(target, offset);
  const end = target.at;
  target.at = start;
  writeInt32(target, end - start - 4);
  target.at = end;
  return true;
}

/** ` 04:05:06.789`. */
function writeClock(target: ByteSink, micros: number): void {
  const { bytes, at } = target;
  const seconds = Math.floor(micros / 1e6);
  const fraction = micros - seconds * 1e6;
  const hours = (seconds / 3600) | 0;
  const minutes = ((seconds - hours * 3600) / 60) | 0;
  bytes[at] = SPACE;
  putTwo(bytes, at + 1, hours);
  bytes[at + 3] = COLON;
  putTwo(bytes, at + 4, minutes);
  bytes[at + 6] = COLON;
  putTwo(bytes, at + 7, seconds - hours * 3600 - minutes * 60);
  target.at = at + 9;
  if (fraction > 0) writeFraction(target, fraction);
}

/** `.789`, without zeros at the end. */
function writeFraction(target: ByteSink, micros: number): void {
  const { bytes, at } = target;
  let rest = micros;
  let places = 6;
  for (; rest % 10 === 0; places -= 1) rest /= 10;
  bytes[at] = POINT;
  for (let index = places; index > 0; index -= 1) {
    const left = (rest / 10) | 0;
    bytes[at + index] = ZERO + rest - left * 10;
    rest = left;
  }
  target.at = at + 1 + places;
}

function writeOffset(target: ByteSink, offset: number): void {
  const text = offset === 0 ? '+00' : offsetText(offset);
  for (let index = 0; index < text.length; index += 1)
    target.bytes[target.at + index] = text.charCodeAt(index);
  target.at += text.length;
}
