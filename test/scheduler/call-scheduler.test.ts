import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SqlError } from '../../src/errors.ts';
import { CallScheduler } from '../../src/operators/scheduler/call-scheduler.ts';

const forever = new AbortController().signal;

/** Work that ends when it is told to. */
class Works {
  readonly started: string[] = [];
  readonly signals = new Map<string, AbortSignal>();
  readonly #ends = new Map<string, { resolve: (value: string) => void; reject: (error: unknown) => void }>();

  of(name: string): (signal: AbortSignal) => Promise<string> {
    return (signal) => {
      this.started.push(name);
      this.signals.set(name, signal);
      return new Promise((resolve, reject) => {
        this.#ends.set(name, { resolve, reject });
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    };
  }

  answer(name: string): void {
    this.#ends.get(name)?.resolve(`answer of ${name}`);
  }

  fail(name: string): void {
    this.#ends.get(name)?.reject(new SqlError('08006', `no ${name}`));
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('calls with the same key', () => {
  it('run once for all sessions that wait at the same time', async () => {
    const scheduler = new CallScheduler({ concurrency: 4 });
    const works = new Works();
    const answers = ['s1', 's2', 's3'].map((session) =>
      scheduler.schedule('k', session, works.of('k'), forever),
    );
    works.answer('k');
    expect(await Promise.all(answers)).toEqual(['answer of k', 'answer of k', 'answer of k']);
    expect(works.started).toEqual(['k']);
    expect(scheduler.progress).toEqual({ queued: 0, inFlight: 0, done: 1, failed: 0, limit: 4 });
  });

  it('share a failure, and the next one starts anew', async () => {
    const scheduler = new CallScheduler({ concurrency: 4 });
    const works = new Works();
    const calls = ['s1', 's2'].map((session) => scheduler.schedule('k', session, works.of('k'), forever));
    works.fail('k');
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: '08006' });
    const again = scheduler.schedule('k', 's1', works.of('k'), forever);
    works.answer('k');
    expect(await again).toBe('answer of k');
    expect(works.started).toEqual(['k', 'k']);
    expect(scheduler.progress).toMatchObject({ done: 1, failed: 1 });
  });

  it('turn work that throws at once into a rejection', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const broken = (): Promise<string> => {
      throw new SqlError('22023', 'broken');
    };
    await expect(scheduler.schedule('k', 's', broken, forever)).rejects.toMatchObject({ code: '22023' });
    await settled();
    expect(scheduler.progress).toMatchObject({ inFlight: 0, failed: 1 });
  });
});

describe('an abort', () => {
  it('of one waiter rejects that one alone and leaves the work running', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const works = new Works();
    const stop = new AbortController();
    const left = scheduler.schedule('k', 's1', works.of('k'), stop.signal);
    const stays = scheduler.schedule('k', 's2', works.of('k'), forever);
    stop.abort(new SqlError('57014', 'canceling statement due to user request'));
    await expect(left).rejects.toMatchObject({ message: 'canceling statement due to user request' });
    expect(works.signals.get('k')?.aborted).toBe(false);
    works.answer('k');
    expect(await stays).toBe('answer of k');
  });

  it('of all waiters aborts the work, and a waiter that comes then starts it anew', async () => {
    const scheduler = new CallScheduler({ concurrency: 2 });
    const works = new Works();
    const stops = [new AbortController(), new AbortController()];
    const calls = stops.map((stop, at) => scheduler.schedule('k', `s${at}`, works.of('k'), stop.signal));
    const first = works.signals.get('k');
    stops[0]?.abort();
    expect(first?.aborted).toBe(false);
    stops[1]?.abort();
    expect(first?.aborted).toBe(true);
    const anew = scheduler.schedule('k', 's3', works.of('k'), forever);
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: '57014' });
    works.answer('k');
    expect(await anew).toBe('answer of k');
    expect(works.started).toEqual(['k', 'k']);
  });

  it('keeps the slot until the work has really ended', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const works = new Works();
    const stop = new AbortController();
    let end: (value: string) => void = () => undefined;
    const deaf = (): Promise<string> => new Promise((resolve) => (end = resolve));
    const call = scheduler.schedule('deaf', 's', deaf, stop.signal);
    const next = scheduler.schedule('next', 's', works.of('next'), forever);
    stop.abort();
    await expect(call).rejects.toMatchObject({ code: '57014' });
    expect(works.started).toEqual([]);
    end('late');
    await expect.poll(() => works.started).toEqual(['next']);
    works.answer('next');
    await next;
    await settled();
    expect(scheduler.progress).toMatchObject({ done: 1, failed: 0, inFlight: 0 });
  });

  it('takes a queued call out of the queue before it starts', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const works = new Works();
    const stop = new AbortController();
    const first = scheduler.schedule('a', 's', works.of('a'), forever);
    const gone = scheduler.schedule('b', 's', works.of('b'), stop.signal);
    const last = scheduler.schedule('c', 's', works.of('c'), forever);
    stop.abort();
    await expect(gone).rejects.toMatchObject({ code: '57014' });
    expect(scheduler.progress.queued).toBe(1);
    works.answer('a');
    await first;
    await settled();
    works.answer('c');
    await last;
    expect(works.started).toEqual(['a', 'c']);
  });

  it('before the call runs nothing', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const works = new Works();
    await expect(scheduler.schedule('a', 's', works.of('a'), AbortSignal.abort())).rejects.toMatchObject({
      code: '57014',
    });
    expect(works.started).toEqual([]);
  });
});

describe('fairness', () => {
  it('gives a session with one call the next free slot beside a session with 10,000', async () => {
    const scheduler = new CallScheduler({ concurrency: 2 });
    const works = new Works();
    const stop = new AbortController();
    const many = Array.from({ length: 10_000 }, (_, at) =>
      scheduler.schedule(`m${at}`, 'many', works.of(`m${at}`), stop.signal).catch(() => 'aborted'),
    );
    const one = scheduler.schedule('one', 'one', works.of('one'), forever);
    works.answer('m0');
    await settled();
    works.answer('m1');
    await settled();
    expect(works.started.slice(0, 4)).toContain('one');
    expect(scheduler.queuedOf('many')).toBe(10_000 - (works.started.length - 1));
    expect(scheduler.queuedOf('one')).toBe(0);
    works.answer('one');
    expect(await one).toBe('answer of one');
    stop.abort();
    await Promise.all(many);
  });

  it('serves sessions in turn', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const works = new Works();
    const names = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'];
    const calls = names.map((name) => scheduler.schedule(name, name.charAt(0), works.of(name), forever));
    for (let at = 0; at < names.length; at += 1) {
      works.answer(works.started[at] ?? '');
      await settled();
    }
    await Promise.all(calls);
    expect(works.started).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2']);
  });

  it('moves a call forward that a second session waits for, and runs it once', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const works = new Works();
    const calls = ['a1', 'a2', 'a3', 'shared'].map((name) =>
      scheduler.schedule(name, 'a', works.of(name), forever),
    );
    calls.push(scheduler.schedule('shared', 'b', works.of('shared'), forever));
    expect(scheduler.progress.queued).toBe(3);
    for (let at = 0; at < 4; at += 1) {
      works.answer(works.started[at] ?? '');
      await settled();
    }
    await Promise.all(calls);
    expect(works.started).toEqual(['a1', 'a2', 'shared', 'a3']);
    expect(scheduler.progress).toMatchObject({ queued: 0, inFlight: 0, done: 4 });
  });
});

describe('slots', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  it.each([
    [2_000, 20],
    [1_999, 7],
  ])(
    'are never idle: %i calls of 20 ms over %i slots take no longer than they must',
    async (calls, slots) => {
      const scheduler = new CallScheduler({ concurrency: slots });
      let running = 0;
      let peak = 0;
      const work = async (): Promise<void> => {
        peak = Math.max(peak, (running += 1));
        await sleep(20);
        running -= 1;
      };
      const start = Date.now();
      const all = Promise.all(
        Array.from({ length: calls }, (_, at) => scheduler.schedule(`k${at}`, 's', work, forever)),
      );
      await vi.runAllTimersAsync();
      await all;
      expect(peak).toBe(slots);
      expect(Date.now() - start).toBeLessThanOrEqual(1.03 * Math.ceil(calls / slots) * 20);
    },
  );

  it('have no barriers: a slow call does not hold up the other slots', async () => {
    const scheduler = new CallScheduler({ concurrency: 2 });
    const start = Date.now();
    const ends: number[] = [];
    const work = (ms: number) => (): Promise<void> =>
      sleep(ms).then(() => void ends.push(Date.now() - start));
    const all = [100, 10, 10, 10].map((ms, at) => scheduler.schedule(`k${at}`, 's', work(ms), forever));
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(ends).toEqual([10, 20, 30, 100]);
  });

  it('are lent to other calls during a pause and taken back before new calls start', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const order: string[] = [];
    const paused = async (signal: AbortSignal): Promise<void> => {
      order.push('pause');
      await scheduler.slots.lend(() => sleep(10), signal);
      order.push('back');
    };
    const busy = (name: string) => async (): Promise<void> => {
      order.push(name);
      await sleep(15);
    };
    const all = [
      scheduler.schedule('p', 's', paused, forever),
      scheduler.schedule('a', 's', busy('a'), forever),
      scheduler.schedule('b', 's', busy('b'), forever),
    ];
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(order).toEqual(['pause', 'a', 'back', 'b']);
    expect(scheduler.progress).toMatchObject({ inFlight: 0, done: 3 });
  });

  it('come back to an aborted call at once, so that none is lost', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const stop = new AbortController();
    const paused = (signal: AbortSignal): Promise<void> => scheduler.slots.lend(() => sleep(10), signal);
    const call = scheduler.schedule('p', 's', paused, stop.signal).catch(() => 'aborted');
    const other = scheduler.schedule('a', 's', () => sleep(50), forever);
    await vi.advanceTimersByTimeAsync(20);
    stop.abort();
    expect(await call).toBe('aborted');
    await vi.runAllTimersAsync();
    await other;
    expect(scheduler.progress.inFlight).toBe(0);
  });
});

describe('a straggler', () => {
  it('is run once more where hedging is asked for, and the first answer counts', async () => {
    const scheduler = new CallScheduler({ concurrency: 4, hedgeFactor: 3 });
    const quick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    for (let at = 0; at < 16; at += 1) await scheduler.schedule(`k${at}`, 's', quick, forever);
    const signals: AbortSignal[] = [];
    const work = (signal: AbortSignal): Promise<number> => {
      const run = signals.push(signal);
      return new Promise((resolve) => {
        if (run === 2) resolve(run);
      });
    };
    expect(await scheduler.schedule('late', 's', work, forever)).toBe(2);
    expect(signals).toHaveLength(2);
    expect(signals[0]?.aborted).toBe(true);
    await settled();
    expect(scheduler.progress.inFlight).toBe(0);
  });

  it('fails when both runs fail, with the first failure', async () => {
    const scheduler = new CallScheduler({ concurrency: 4, hedgeFactor: 2 });
    const quick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    for (let at = 0; at < 16; at += 1) await scheduler.schedule(`k${at}`, 's', quick, forever);
    let runs = 0;
    const work = async (): Promise<void> => {
      const run = (runs += 1);
      await new Promise((resolve) => setTimeout(resolve, 60));
      throw new SqlError('08006', `run ${run}`);
    };
    await expect(scheduler.schedule('late', 's', work, forever)).rejects.toMatchObject({ message: 'run 1' });
    expect(runs).toBe(2);
  });
});

describe('a million queued calls', () => {
  it('take less than 1 KiB each and leave in order of a million steps', async () => {
    const scheduler = new CallScheduler({ concurrency: 20 });
    const stop = new AbortController();
    const before = process.memoryUsage().heapUsed;
    const endless = (): Promise<never> => new Promise(() => undefined);
    let rejected = 0;
    for (let at = 0; at < 1_000_000; at += 1) {
      scheduler
        .schedule(`key of call number ${at}`, `s${at % 3}`, endless, stop.signal)
        .catch(() => (rejected += 1));
    }
    await expect.poll(() => scheduler.progress.queued).toBe(1_000_000 - 20);
    expect((process.memoryUsage().heapUsed - before) / 1_000_000).toBeLessThan(1024);
    const start = performance.now();
    stop.abort();
    await settled();
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(rejected).toBe(1_000_000);
    expect(scheduler.progress.queued).toBe(0);
  });
});

describe('close', () => {
  it('rejects everyone with 57P01, aborts what runs and waits for its end', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const works = new Works();
    const calls = ['a', 'b'].map((name) => scheduler.schedule(name, 's', works.of(name), forever));
    const ends = calls.map((call) => expect(call).rejects.toMatchObject({ code: '57P01' }));
    await scheduler.close();
    await Promise.all(ends);
    expect(works.signals.get('a')?.aborted).toBe(true);
    expect(works.started).toEqual(['a']);
    await expect(scheduler.schedule('c', 's', works.of('c'), forever)).rejects.toMatchObject({
      code: '57P01',
    });
  });
});

describe('many free slots', () => {
  it('are filled in several turns, so that others have theirs in between', async () => {
    const scheduler = new CallScheduler({ concurrency: 40 });
    const works = new Works();
    const calls = Array.from({ length: 40 }, (_, at) =>
      scheduler.schedule(`k${at}`, 's', works.of(`k${at}`), forever),
    );
    const seen: number[] = [works.started.length];
    while (works.started.length < 40) {
      await settled();
      seen.push(works.started.length);
    }
    expect(seen.every((count, at) => count - (seen[at - 1] ?? 0) <= 4)).toBe(true);
    for (let at = 0; at < 40; at += 1) works.answer(`k${at}`);
    await Promise.all(calls);
  });
});
