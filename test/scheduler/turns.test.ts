import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from '../../src/operators/scheduler/turns.ts';

describe('turns', () => {
  it('let so many go on at once, and the others in their order, so many a turn of the event loop', async () => {
    const turns = new Turns(2);
    const gone: number[] = [];
    for (let at = 0; at < 5; at += 1) turns.take(() => gone.push(at));
    expect(gone).toEqual([0, 1]);
    await nextTurn();
    expect(gone).toEqual([0, 1, 2, 3]);
    await nextTurn();
    expect(gone).toEqual([0, 1, 2, 3, 4]);
  });

  it('keep the order of those who come while others wait', async () => {
    const turns = new Turns(1);
    const gone: string[] = [];
    turns.take(() => gone.push('first'));
    turns.take(() => {
      gone.push('second');
      turns.take(() => gone.push('third'));
    });
    await nextTurn();
    expect(gone).toEqual(['first', 'second']);
    await nextTurn();
    expect(gone).toEqual(['first', 'second', 'third']);
    await nextTurn();
    turns.take(() => gone.push('fourth'));
    expect(gone.at(-1)).toBe('fourth');
  });
});
