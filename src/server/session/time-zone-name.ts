import { ZoneClock } from '../wire/types/zone-clock.ts';
import { invalidSetting } from './setting.ts';

/** A zone that dates can be shown in. `SET TIME ZONE 2` and `-7.5` count hours east of Greenwich. */
export function timeZoneName(value: string): string {
  const name = value.trim();
  if (/^(local|default)$/i.test(name)) return 'UTC';
  const hours = /^[+-]?\d{1,2}(\.\d+)?$/.test(name) ? Number(name) : null;
  if (hours !== null) return offsetName(hours);
  return canonicalName(name);
}

function offsetName(hours: number): string {
  const minutes = Math.round(Math.abs(hours) * 60);
  const two = (count: number): string => String(count).padStart(2, '0');
  return `${hours < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function canonicalName(name: string): string {
  try {
    return new ZoneClock(name).name;
  } catch (cause) {
    throw Object.assign(invalidSetting('TimeZone', name), { cause });
  }
}
