import type { Channels, Listener, Notification } from './channels.ts';

interface Change {
  readonly listen: boolean;
  /** null is every channel. */
  readonly channel: string | null;
}

/** What one session listens to and says; both take effect when its transaction is committed. */
export class Subscriptions {
  readonly #listening = new Set<string>();
  #changes: Change[] = [];
  #sending: Notification[] = [];

  constructor(
    private readonly channels: Channels,
    private readonly database: string,
    private readonly listener: Listener,
  ) {}

  listen(channel: string): void {
    this.#changes.push({ listen: true, channel });
  }

  unlisten(channel: string | null): void {
    this.#changes.push({ listen: false, channel });
  }

  /** The same words twice in a transaction are said once. */
  notify(notification: Notification): void {
    const said = this.#sending.some(
      ({ channel, payload }) => channel === notification.channel && payload === notification.payload,
    );
    if (!said) this.#sending.push(notification);
  }

  /** Gives a function that forgets what was asked for since. */
  snapshot(): () => void {
    const changes = [...this.#changes];
    const sending = [...this.#sending];
    return () => {
      this.#changes = [...changes];
      this.#sending = [...sending];
    };
  }

  commit(): void {
    for (const change of this.#changes) this.#apply(change);
    for (const notification of this.#sending) this.channels.notify(this.database, notification);
    this.rollback();
  }

  rollback(): void {
    this.#changes = [];
    this.#sending = [];
  }

  close(): void {
    this.rollback();
    this.#apply({ listen: false, channel: null });
  }

  #apply({ listen, channel }: Change): void {
    for (const name of channel === null ? [...this.#listening] : [channel]) {
      if (listen) this.channels.listen(this.database, name, this.listener);
      else this.channels.unlisten(this.database, name, this.listener);
      if (listen) this.#listening.add(name);
      else this.#listening.delete(name);
    }
  }
}
