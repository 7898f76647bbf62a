import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // DuckDB and the embedded ClickHouse are native; forks keep one data folder a process.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests with real sockets, processes and clocks share two cores there; what fails twice is broken.
    retry: process.env.CI === undefined ? 0 : 1,
    // A running query holds a libuv thread; the default of 4 makes sessions wait for one another.
    env: { UV_THREADPOOL_SIZE: '64' },
  },
});
