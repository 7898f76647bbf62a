import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // DuckDB and the embedded ClickHouse are native; forks keep one data folder a process.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A running query holds a libuv thread; the default of 4 makes sessions wait for one another.
    env: { UV_THREADPOOL_SIZE: '64' },
  },
});
