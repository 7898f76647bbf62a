import type { Changes } from './changes.ts';

/** So often something is sent, that a client which is gone is noticed. */
const BEAT_MS = 20_000;

export function eventStream(changes: Changes): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop: () => void = () => undefined;
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const beat = setInterval(() => send(': still here\n\n'), BEAT_MS).unref();
      const leave = changes.listen((change) => send(`event: ${change}\ndata: {}\n\n`));
      stop = () => {
        clearInterval(beat);
        leave();
      };
      send('retry: 2000\n\n');
    },
    cancel() {
      stop();
    },
  });
}
