import type { ExamplePool } from '../../src/training/training.ts';

export const EMPTY_POOL: ExamplePool = Object.freeze({
  version: 'none',
  size: 0,
  trouble: null,
  pick: () => Object.freeze([]),
});
