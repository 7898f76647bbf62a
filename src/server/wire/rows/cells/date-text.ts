import { dateText } from '../../types/date.ts';
import { writeInt32, writeText } from '../write-cell.ts';
import { DayDigits } from './day-digits.ts';
import type { WriteValue } from './raw-cells.ts';

const CELL = 14;

export function dateTextWriter(): WriteValue {
  const digits = new DayDigits();
  return (target, source, from) => {
    const days = source.getInt32(from, true);
    target.ensure(CELL);
    const start = target.at;
    writeInt32(target, CELL - 4);
    if (digits.write(target, days)) return;
    target.at = start;
    writeText(target, dateText(days));
  };
}
