import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OpenAiStub } from '../support/openai-stub.ts';
import { ChildServer } from './child-server.ts';
import { stubEnvironment } from './server-fixture.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-process-'));
});
afterEach(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

async function connect(server: ChildServer): Promise<Client> {
  const client = new Client(server.sqlUrl.replace('//', '//ada@'));
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

describe('SIGKILL in mid-statement', () => {
  it('loses no acknowledged annotation, and the server starts again on the same folder', async () => {
    const stub = await OpenAiStub.start(() => 'true', 50);
    let server = await ChildServer.start(dataDir, stubEnvironment(stub.baseUrl));
    let client = await connect(server);
    await client.query("CREATE TABLE t AS SELECT 'text ' || i AS body FROM range(5000) r(i)");
    await client.query("SELECT body MEANS 'x' FROM (SELECT body FROM t ORDER BY body LIMIT 20)");
    const { rows } = await client.query('SELECT trace_id FROM training_examples_mv ORDER BY trace_id');
    expect(rows).toHaveLength(20);
    const acknowledged: string[] = [];
    const other = await connect(server);
    const running = other.query("SELECT count(*) FROM t WHERE body MEANS 'x'").catch(() => undefined);
    const marking = (async () => {
      for (const { trace_id } of rows as { trace_id: string }[]) {
        await client.query('INSERT INTO training_annotations (trace_id, trainable) VALUES ($1, true)', [
          trace_id,
        ]);
        acknowledged.push(trace_id);
      }
    })().catch(() => undefined);
    while (acknowledged.length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.kill('SIGKILL');
    await Promise.all([running, marking]);
    server = await ChildServer.start(dataDir, stubEnvironment(stub.baseUrl));
    client = await connect(server);
    const kept = await client.query('SELECT trace_id FROM training_annotations WHERE trainable');
    const ids = new Set((kept.rows as { trace_id: string }[]).map(({ trace_id }) => trace_id));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    expect((await client.query('SELECT count(*)::int AS n FROM t')).rows).toEqual([{ n: 5000 }]);
    await client.end();
    expect(await server.kill('SIGTERM')).toBe(0);
    await stub.close();
  }, 240_000);

  it('has none of the answers paid for again that the log holds', async () => {
    const stub = await OpenAiStub.start(() => 'true', 20);
    let server = await ChildServer.start(dataDir, stubEnvironment(stub.baseUrl));
    let client = await connect(server);
    await client.query("CREATE TABLE t AS SELECT 'text ' || i AS body FROM range(1500) r(i)");
    const count = "SELECT count(*)::int AS n FROM t WHERE body MEANS 'x'";
    const running = client.query(count).catch(() => undefined);
    while (stub.requests.length < 900) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.kill('SIGKILL');
    await running;
    server = await ChildServer.start(dataDir, stubEnvironment(stub.baseUrl));
    client = await connect(server);
    const { rows } = await client.query("SELECT count(*)::int AS n FROM unified_logs WHERE answer_key <> ''");
    const [{ n: kept }] = rows as [{ n: number }];
    expect(kept).toBeGreaterThan(0);
    stub.clear();
    expect((await client.query(count)).rows).toEqual([{ n: 1500 }]);
    expect(stub.requests).toHaveLength(1500 - kept);
    await client.end();
    expect(await server.kill('SIGTERM')).toBe(0);
    await stub.close();
  }, 240_000);
});

describe('a fault of set-up', () => {
  async function lineOf(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const child = ChildServer.run(args, {
      RVBBIT_DATA: dataDir,
      RVBBIT_SQL_PORT: '0',
      RVBBIT_HTTP_PORT: '0',
      ...env,
    });
    expect(await child.ended()).toBe(1);
    expect(child.output).not.toMatch(/^\s+at /m);
    expect(child.output.trim().split('\n')).toHaveLength(1);
    return child.output;
  }

  it('is one line and exit code 1 for a port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    expect(await lineOf(['serve'], { RVBBIT_SQL_PORT: String(port) })).toMatch(
      `port ${port} on 127.0.0.1 is in use`,
    );
    taken.close();
  });

  it('is one line and exit code 1 for a data folder in use', async () => {
    const first = await ChildServer.start(dataDir);
    expect(await lineOf(['serve'])).toMatch(/in use/);
    await first.kill('SIGTERM');
  });

  it('is one line and exit code 1 for a broken cascade, with file, line and nearest key', async () => {
    const folder = join(dataDir, 'cascades');
    await mkdir(folder);
    await writeFile(
      join(folder, 'x.cascade.yaml'),
      'cascade_id: x\ncells:\n  - name: a\n    instructions: "{{ input.text }}"\n    use_trainning: true\n',
    );
    const line = await lineOf(['serve'], { RVBBIT_CASCADES: folder });
    expect(line).toMatch(/x\.cascade\.yaml:5: .*use_trainning.*Did you mean "use_training"/);
  });

  it('is one line and exit code 1 for a ClickHouse that cannot be reached', async () => {
    expect(await lineOf(['serve'], { RVBBIT_CLICKHOUSE_URL: 'http://127.0.0.1:9' })).toMatch(
      /127\.0\.0\.1:9/,
    );
  });

  it('is one line and exit code 1 for a number that is no port', async () => {
    expect(await lineOf(['serve', '--sql-port', 'many'])).toMatch(/"many" is no port/);
  });
});

describe('the command line', () => {
  it('prints help and version', async () => {
    const help = ChildServer.run(['--help']);
    expect(await help.ended()).toBe(0);
    for (const command of ['serve', 'db', 'run']) expect(help.output).toContain(command);
    const version = ChildServer.run(['--version']);
    expect(await version.ended()).toBe(0);
    expect(version.output).toMatch(/^\d+\.\d+\.\d+$/m);
  });

  it('initialises the store and runs a cascade', async () => {
    const init = ChildServer.run(['db', 'init'], { RVBBIT_DATA: dataDir });
    expect(await init.ended()).toBe(0);
    expect(init.output).toContain('training_annotations');
    const run = ChildServer.run(
      ['run', 'cascades/examples/sentiment_classifier.cascade.yaml', '--input', '{"text": "I love this"}'],
      { RVBBIT_DATA: dataDir },
    );
    expect(await run.ended()).toBe(0);
    expect(JSON.parse(run.output)).toMatchObject({ output: 'positive' });
  });
});
