import { expect, test } from 'vitest';
import type { AnnotationRow } from '../../src/server/http/schemas/annotations.ts';
import { accept, correct, reject, takeBack } from '../../src/studio/marks/mark-action.ts';
import type { Markable } from '../../src/studio/marks/mark-action.ts';
import { MarkSender } from '../../src/studio/marks/mark-sender.ts';

const row = (trace_id: string, tags: string[] = []): Markable => ({ trace_id, output: 'true', tags });
const annotation = (trace_id: string): AnnotationRow => ({
  trace_id,
  trainable: true,
  verified: false,
  confidence: 1,
  notes: '',
  tags: [],
  correction: null,
});

/** A server that answers when it is let; `b` had an annotation before, the others none. */
function slowServer() {
  const requests: string[][] = [];
  const waiting: (() => void)[] = [];
  const sender = new MarkSender((marks, removals) => {
    const traces = [...marks.map(({ trace_id }) => trace_id), ...removals];
    requests.push(traces);
    const previous = traces.filter((trace) => trace === 'b').map(annotation);
    return new Promise((resolve) =>
      waiting.push(() =>
        resolve({ annotations: [], previous, unmarked: traces.filter((trace) => trace !== 'b') }),
      ),
    );
  });
  return { sender, requests, answer: () => waiting.shift()?.() };
}

test('what is done while a request is under way goes together in the next one', async () => {
  const { sender, requests, answer } = slowServer();
  const all = [accept([row('a')]), accept([row('b')]), reject([row('c')])].map((action) =>
    sender.send(action),
  );
  expect(requests).toEqual([['a']]);
  answer();
  await all[0];
  await Promise.resolve();
  expect(requests).toEqual([['a'], ['b', 'c']]);
  answer();
  expect(await all[1]).toEqual({ previous: [annotation('b')], unmarked: [] });
  expect(await all[2]).toEqual({ previous: [], unmarked: ['c'] });
});

test('a trace that is touched twice waits for its turn', async () => {
  const { sender, requests, answer } = slowServer();
  void sender.send(accept([row('x')]));
  const both = [sender.send(accept([row('a')])), sender.send(takeBack([row('a')]))];
  answer();
  await expect.poll(() => requests).toEqual([['x'], ['a']]);
  answer();
  await both[0];
  await expect.poll(() => requests).toEqual([['x'], ['a'], ['a']]);
  answer();
  await both[1];
});

test('a refused request refuses its own actions and no later one', async () => {
  let refuse = true;
  const sender = new MarkSender(() =>
    refuse
      ? Promise.reject(new Error('disk full'))
      : Promise.resolve({ annotations: [], previous: [], unmarked: [] }),
  );
  await expect(sender.send(accept([row('a')]))).rejects.toThrow('disk full');
  refuse = false;
  await expect(sender.send(accept([row('a')]))).resolves.toEqual({ previous: [], unmarked: [] });
});

test('a correction to the logged output accepts it, and accepting takes a rejection back', () => {
  expect(correct([row('a')], 'true').marks[0]).toMatchObject({ correction: null, verified: true });
  expect(correct([row('a')], 'false').marks[0]).toMatchObject({ correction: 'false', trainable: true });
  expect(accept([row('a', ['rejected', 'kept'])]).marks[0]?.tags).toEqual(['kept']);
  expect(reject([row('a', ['kept'])]).marks[0]).toMatchObject({
    trainable: false,
    tags: ['kept', 'rejected'],
  });
});
