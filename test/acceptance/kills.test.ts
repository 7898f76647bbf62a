import { expect, it } from 'vitest';
import { Kills } from '../support/kills.ts';

it('a server killed at random instants under load loses no acknowledged mark and no call older than a second', async () => {
  const figures = await Kills.run({ kills: 3, seed: 9, load: [1_500, 2_500] });
  expect(figures.wrong).toEqual([]);
  expect(figures.acknowledged).toBeGreaterThan(0);
  expect(figures.lostMarks).toEqual([]);
  expect(figures.settledCalls).toBeGreaterThan(0);
  expect(figures.lostCalls).toBe(0);
  expect(figures.restarts).toHaveLength(3);
}, 240_000);
