/**
 * Values as JSON, a line each, made as fast as they are read. `leave` is called where the reader goes before the
 * end, `end` in every case.
 */
export function jsonLines(
  values: AsyncGenerator<unknown>,
  leave: () => void,
  end: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await values.next();
      if (next.done === true) {
        end();
        controller.close();
      } else {
        controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
      }
    },
    async cancel() {
      leave();
      end();
      await values.return(undefined);
    },
  });
}
