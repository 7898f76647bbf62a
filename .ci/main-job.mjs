// The README's start command, then the README's session: through psql where there is one, and through pg everywhere.
// Each client gets a server and a data folder of its own. Exits 1 at the first thing that is not as documented.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const START_MS = 120_000;
const FIRST = [
  'CREATE TABLE products (id INT, desc VARCHAR)',
  "INSERT INTO products VALUES (1, 'bamboo toothbrush'), (2, 'plastic bottle')",
  "SELECT id, desc, desc MEANS 'eco-friendly' AS eco FROM products",
];
const TRACES =
  "SELECT trace_id, cascade_id, cell_name FROM training_examples_mv WHERE cascade_id = 'semantic_matches' ORDER BY timestamp DESC LIMIT 2";
const NO_EXAMPLES = '📚 No training examples available yet';
const TWO_EXAMPLES = '📚 Injected 2 training examples (recent strategy)';

function later([first, second]) {
  return [
    `INSERT INTO training_annotations (trace_id, trainable) VALUES ('${first}', true), ('${second}', true)`,
    "SELECT * FROM products WHERE desc MEANS 'eco-friendly'",
    "SELECT * FROM products WHERE desc MEANS 'sustainable'",
    `UPDATE training_annotations SET verified = true, notes = 'checked' WHERE trace_id = '${first}'`,
    `SELECT verified, notes, confidence FROM training_annotations WHERE trace_id = '${first}'`,
    `DELETE FROM training_annotations WHERE trace_id = '${first}'`,
    "SHOW TABLES LIKE '%training%'",
  ];
}

async function withServer(work) {
  const data = mkdtempSync(join(tmpdir(), 'rvbbit-ci-'));
  const env = {
    ...process.env,
    RVBBIT_DATA: data,
    RVBBIT_SQL_PORT: '0',
    RVBBIT_HTTP_PORT: '0',
    OPENAI_API_KEY: '',
  };
  const server = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  let output = '';
  server.stdout.on('data', (bytes) => (output += bytes));
  try {
    const url = await until(
      () => /postgresql:\/\/\S+/.exec(output)?.[0],
      server,
      () => output,
    );
    await work(url, () => output);
  } finally {
    await stopped(server);
    rmSync(data, { recursive: true, force: true });
  }
}

/** npm ends before the server does: only the closed pipe tells that both have. */
async function stopped(server) {
  if (server.exitCode !== null) return;
  const closed = new Promise((resolve) => server.once('close', resolve));
  process.kill(-server.pid, 'SIGTERM');
  await closed;
}

async function until(look, server, describe) {
  const end = Date.now() + START_MS;
  for (;;) {
    const found = look();
    if (found) return found;
    assert(server.exitCode === null, `the server ended with ${server.exitCode}:\n${describe()}`);
    assert(Date.now() < end, `the server is not ready within ${START_MS} ms:\n${describe()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function throughPg(url, serverOutput) {
  const client = new pg.Client(url.replace('//', '//ci@'));
  const notices = [];
  client.on('notice', ({ message }) => notices.push(message));
  await client.connect();
  const run = async (sql) => (await client.query(sql)).rows;
  for (const sql of FIRST.slice(0, 2)) await run(sql);
  const judged = await run(FIRST[2]);
  assert.deepEqual(judged, [
    { id: 1, desc: 'bamboo toothbrush', eco: true },
    { id: 2, desc: 'plastic bottle', eco: false },
  ]);
  const traces = await run(TRACES);
  assert.equal(traces.length, 2);
  assert.deepEqual(new Set(traces.map(({ cell_name }) => cell_name)), new Set(['evaluate']));
  const results = [];
  for (const sql of later(traces.map(({ trace_id }) => trace_id))) results.push(await run(sql));
  assert.deepEqual(results[1], [{ id: 1, desc: 'bamboo toothbrush' }]);
  assert.deepEqual(results[4], [{ verified: true, notes: 'checked', confidence: 1 }]);
  const tables = results[6].map((row) => Object.values(row)[0]);
  for (const name of ['training_annotations', 'training_examples_mv', 'training_stats_by_cascade']) {
    assert(tables.includes(name), `SHOW TABLES lacks ${name}: ${tables}`);
  }
  const training = notices.filter((notice) => notice.startsWith('📚'));
  assert.deepEqual(training, [NO_EXAMPLES, TWO_EXAMPLES, TWO_EXAMPLES]);
  for (const text of [NO_EXAMPLES, TWO_EXAMPLES])
    assert(serverOutput().includes(text), `the console lacks ${text}`);
  await client.end();
}

async function throughPsql(url) {
  const psql = (...commands) =>
    execFileSync(
      'psql',
      [url, '-X', '-v', 'ON_ERROR_STOP=1', '-At', ...commands.flatMap((sql) => ['-c', sql])],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
  assert.match(psql(...FIRST), /1\|bamboo toothbrush\|t\n2\|plastic bottle\|f/);
  const traces = psql(TRACES)
    .trim()
    .split('\n')
    .map((line) => line.split('|')[0]);
  assert.equal(traces.length, 2);
  const output = psql(...later(traces));
  assert.match(output, /INSERT 0 2\n1\|bamboo toothbrush\n/);
  assert.match(output, /UPDATE 1\nt\|checked\|1\nDELETE 1\n/);
  assert.match(output, /training_annotations/);
}

function hasPsql() {
  try {
    execFileSync('psql', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

await withServer(throughPg);
console.log('the main job runs through pg');
if (hasPsql()) {
  await withServer(throughPsql);
  console.log('the main job runs through psql');
} else {
  console.log('no psql here: the main job ran through pg only');
}
