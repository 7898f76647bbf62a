import { defineConfig } from 'vitest/config';

/** `npm run bench`: one file after another, so that nothing but the machine's own noise is measured. */
export default defineConfig({
  test: {
    include: ['bench/**/*.bench.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 120_000,
    reporters: ['tree'],
    disableConsoleIntercept: true,
    env: { UV_THREADPOOL_SIZE: '64' },
  },
});
