#!/usr/bin/env node
// CommonJS on purpose: the size of libuv's pool is read when the pool is first used, and loading an ES
// module uses it. A running DuckDB or ClickHouse query holds one of these threads.
process.env.UV_THREADPOOL_SIZE ??= '64';
import('../dist/main.js').catch((error) => {
  process.stderr.write(`rvbbit: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
