/** A signal for one attempt: aborted with its parent, or by itself after `ms`. `close` lets go of both. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether time ran out, as opposed to an abort from outside. */
  readonly expired: boolean;
  close(): void;
}

export function startDeadline(parent: AbortSignal, ms: number): Deadline {
  const controller = new AbortController();
  let expired = false;
  const follow = (): void => controller.abort(parent.reason);
  const expire = (): void => {
    expired = true;
    controller.abort();
  };
  const timer = setTimeout(expire, ms);
  parent.addEventListener('abort', follow, { once: true });
  if (parent.aborted) follow();
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    close() {
      clearTimeout(timer);
      parent.removeEventListener('abort', follow);
    },
  };
}
