import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CallScheduler } from '../../src/operators/scheduler/call-scheduler.ts';
import type { Pack, PackOutcome } from '../../src/operators/scheduler/pack.ts';

/** A request that was sent, to be answered by the test. */
interface Sent {
  readonly items: readonly unknown[];
  readonly at: number;
  readonly signal: AbortSignal;
  answer(outcomes: readonly PackOutcome[]): void;
  fail(error: Error): void;
}

class Stage {
  readonly sent: Sent[] = [];
  readonly alone: string[] = [];
  readonly scheduler: CallScheduler;

  constructor(concurrency: number) {
    this.scheduler = new CallScheduler({ concurrency });
  }

  call(
    key: string,
    fields: Partial<Pack> & { session?: string; signal?: AbortSignal } = {},
  ): Promise<unknown> {
    const { session = 's', signal = new AbortController().signal, ...pack } = fields;
    const offer: Pack = {
      ...{ group: 'g', maxItems: 4, maxTokens: 100, item: key, tokens: 1 },
      run: (items, running) =>
        new Promise((resolve, reject) => {
          const at = performance.now();
          this.sent.push({ items, at, signal: running, answer: resolve, fail: reject });
        }),
      ...pack,
    };
    const work = async (): Promise<string> => {
      this.alone.push(key);
      return `${key} alone`;
    };
    return this.scheduler.schedule(key, session, work, signal, offer);
  }

  answerAll(): void {
    for (const { items, answer } of this.sent.splice(0)) {
      answer(items.map((item) => ({ ok: true, value: `${String(item)} packed` })));
    }
  }
}

const keys = (count: number): string[] => Array.from({ length: count }, (_, at) => `k${at}`);

describe('calls that may share a request', () => {
  it('are sent when there are enough, the rest after at most 5 ms', async () => {
    const stage = new Stage(10);
    const start = performance.now();
    const calls = keys(10).map((key) => stage.call(key));
    expect(stage.sent.map(({ items }) => items.length)).toEqual([4, 4]);
    await expect.poll(() => stage.sent.length, { interval: 1 }).toBe(3);
    expect((stage.sent[2]?.at ?? Infinity) - start).toBeLessThan(50);
    expect(stage.sent[2]?.items).toEqual(['k8', 'k9']);
    stage.answerAll();
    expect(await Promise.all(calls)).toEqual(keys(10).map((key) => `${key} packed`));
    expect(stage.alone).toEqual([]);
  });

  it('go on joining a request that waits for a slot', async () => {
    const stage = new Stage(1);
    const first = keys(4).map((key) => stage.call(key));
    const late = stage.call('late 1');
    await sleep(20);
    const later = stage.call('late 2');
    expect(stage.sent).toHaveLength(1);
    stage.answerAll();
    await Promise.all(first);
    await expect.poll(() => stage.sent.length).toBe(1);
    expect(stage.sent[0]?.items).toEqual(['late 1', 'late 2']);
    stage.answerAll();
    expect(await Promise.all([late, later])).toEqual(['late 1 packed', 'late 2 packed']);
  });

  it('stay apart where their groups differ or their tokens are too many', async () => {
    const stage = new Stage(10);
    const calls = [
      stage.call('a', { group: 'x', tokens: 60 }),
      stage.call('b', { group: 'x', tokens: 30 }),
      stage.call('c', { group: 'x', tokens: 30 }),
      stage.call('d', { group: 'x', tokens: 30 }),
      stage.call('e', { group: 'y' }),
      stage.call('f', { group: 'y' }),
    ];
    await expect.poll(() => stage.sent.length).toBe(3);
    expect(stage.sent.map(({ items }) => items)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
    stage.answerAll();
    await Promise.all(calls);
  });

  it('are made alone where they find no company, or came back without an answer', async () => {
    const stage = new Stage(10);
    expect(await stage.call('lonely')).toBe('lonely alone');
    const calls = ['a', 'b', 'c', 'd'].map((key) => stage.call(key));
    stage.sent[0]?.answer([{ ok: true, value: 1 }, { ok: false }, { ok: true, value: 3 }, { ok: false }]);
    expect(await Promise.all(calls)).toEqual([1, 'b alone', 3, 'd alone']);
    expect(stage.scheduler.progress).toMatchObject({ done: 5, failed: 0, queued: 0 });
  });

  it('all fail with their request', async () => {
    const stage = new Stage(10);
    const calls = keys(4).map((key) => stage.call(key));
    stage.sent[0]?.fail(new Error('down'));
    const results = await Promise.allSettled(calls);
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(stage.scheduler.progress.failed).toBe(4);
  });
});

describe('a call in a request under way', () => {
  it('is joined by whoever wants it, even when those who began it have gone', async () => {
    const stage = new Stage(10);
    const leaving = new AbortController();
    const first = keys(4).map((key, at) =>
      stage.call(key, at === 0 ? { signal: leaving.signal } : { session: 'stays' }),
    );
    first[0]?.catch(() => undefined);
    leaving.abort(new Error('gone'));
    await expect(first[0]).rejects.toThrow('model call canceled');
    const joined = stage.call('k0', { session: 'new' });
    expect(stage.sent).toHaveLength(1);
    expect(stage.sent[0]?.signal.aborted).toBe(false);
    stage.answerAll();
    expect(await joined).toBe('k0 packed');
    await Promise.all(first.slice(1));
  });

  it('is aborted when nobody waits for any of its company', async () => {
    const stage = new Stage(10);
    const leaving = new AbortController();
    const calls = keys(4).map((key) => stage.call(key, { signal: leaving.signal }));
    for (const call of calls) call.catch(() => undefined);
    const signal = stage.sent[0]?.signal;
    leaving.abort(new Error('gone'));
    expect(signal?.aborted).toBe(true);
    stage.sent[0]?.fail(new Error('aborted'));
    await expect.poll(() => stage.scheduler.progress.inFlight).toBe(0);
  });

  it('is taken out where it has not been sent', async () => {
    const stage = new Stage(1);
    const busy = keys(4).map((key) => stage.call(key));
    const leaving = new AbortController();
    const gone = stage.call('gone', { signal: leaving.signal });
    gone.catch(() => undefined);
    const stays = stage.call('stays');
    const other = stage.call('other');
    leaving.abort(new Error('gone'));
    stage.answerAll();
    await Promise.all(busy);
    await expect.poll(() => stage.sent.length).toBe(1);
    expect(stage.sent[0]?.items).toEqual(['stays', 'other']);
    stage.answerAll();
    await Promise.all([stays, other]);
    expect(stage.scheduler.progress).toMatchObject({ queued: 0 });
  });

  it('ends with the scheduler', async () => {
    const stage = new Stage(1);
    const calls = keys(6).map((key) => stage.call(key));
    for (const call of calls) call.catch(() => undefined);
    const closing = stage.scheduler.close();
    stage.sent[0]?.fail(new Error('aborted'));
    await closing;
    const results = await Promise.allSettled(calls);
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    await sleep(20);
    expect(stage.sent).toHaveLength(1);
  });
});
