/** One NOTIFY on its way to a listener. */
export interface Notification {
  readonly pid: number;
  readonly channel: string;
  readonly payload: string;
}

export type Listener = (notification: Notification) => void;

/** Who listens to which channel of one database; LISTEN and NOTIFY meet here. */
export class Channels {
  readonly #listeners = new Map<string, Set<Listener>>();

  listen(database: string, channel: string, listener: Listener): void {
    const key = keyOf(database, channel);
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
  }

  unlisten(database: string, channel: string, listener: Listener): void {
    const key = keyOf(database, channel);
    const listeners = this.#listeners.get(key);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#listeners.delete(key);
  }

  notify(database: string, notification: Notification): void {
    for (const listener of this.#listeners.get(keyOf(database, notification.channel)) ?? [])
      listener(notification);
  }
}

function keyOf(database: string, channel: string): string {
  return `${database}\0${channel}`;
}
