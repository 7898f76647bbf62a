/** Days of the Gregorian calendar, prolonged both ways, as PostgreSQL and DuckDB count them: 0 is 1970-01-01. */
export interface CalendarDay {
  /** Astronomical: 0 is 1 BC. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const ERA_DAYS = 146_097;
const SHIFT = 719_468;

export function calendarDay(days: number): CalendarDay {
  const shifted = days + SHIFT;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

export function daysOf({ year, month, day }: CalendarDay): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * ERA_DAYS + dayOfEra - SHIFT;
}

/** `0044-03-15`; `bc` says whether ` BC` belongs at the end of the whole text. */
export function dayText(days: number): { readonly text: string; readonly bc: boolean } {
  const { year, month, day } = calendarDay(days);
  const bc = year <= 0;
  const shown = String(bc ? 1 - year : year).padStart(4, '0');
  return { text: `${shown}-${two(month)}-${two(day)}`, bc };
}

export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** Whether there is such a day: no 30th of February. */
export function isDay(day: CalendarDay): boolean {
  const back = calendarDay(daysOf(day));
  return back.year === day.year && back.month === day.month && back.day === day.day;
}
