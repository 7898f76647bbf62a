/** `timestamp` is `YYYY-MM-DD hh:mm:ss.ffffff`, UTC. */
export function dateOf(timestamp: string): Date {
  return new Date(`${timestamp.slice(0, 23).replace(' ', 'T')}Z`);
}

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** The time today, the day before that. */
export function shortTime(timestamp: string, now: Date = new Date()): string {
  const date = dateOf(timestamp);
  return date.toDateString() === now.toDateString()
    ? TIME.format(date)
    : `${DAY.format(date)} ${TIME.format(date).slice(0, 5)}`;
}

export function wholeTime(timestamp: string): string {
  return `${timestamp.slice(0, 19)} UTC`;
}
