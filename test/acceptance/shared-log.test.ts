import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ClickHouseEndpoint } from '../support/clickhouse-endpoint.ts';
import { OpenAiStub } from '../support/openai-stub.ts';
import { ChildServer } from './child-server.ts';
import { stubEnvironment } from './server-fixture.ts';

let folder: string;
let endpoint: ClickHouseEndpoint;
let stub: OpenAiStub;
const servers: ChildServer[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rvbbit-shared-'));
  endpoint = await ClickHouseEndpoint.start();
  stub = await OpenAiStub.start(() => 'true');
  // At once: both find an empty store and migrate it.
  servers.push(...(await Promise.all([start('one'), start('two')])));
}, 120_000);

afterAll(async () => {
  for (const server of servers) await server.kill('SIGKILL');
  await stub.close();
  await endpoint.close();
  await rm(folder, { recursive: true, force: true });
});

function start(name: string): Promise<ChildServer> {
  return ChildServer.start(join(folder, name), {
    ...stubEnvironment(stub.baseUrl),
    RVBBIT_CLICKHOUSE_URL: endpoint.url,
  });
}

interface Line {
  readonly client: Client;
  readonly notices: string[];
}

async function connect(server: ChildServer | undefined): Promise<Line> {
  const client = new Client(server?.sqlUrl.replace('//', '//ada@'));
  const notices: string[] = [];
  client.on('notice', ({ message }) => notices.push(message ?? ''));
  client.on('error', () => undefined);
  await client.connect();
  return { client, notices };
}

const QUESTION = "SELECT 'bamboo' MEANS 'green' AS green";

it('two servers that migrate one ClickHouse at once share its log, marks and answers', async () => {
  const [one, two] = [await connect(servers[0]), await connect(servers[1])];
  expect((await one.client.query(QUESTION)).rows).toEqual([{ green: true }]);
  expect(stub.requests).toHaveLength(1);
  // Reading the log writes what waits; without it, a row is in ClickHouse a quarter of a second later.
  const logOf = async ({ client }: Line) =>
    (
      await client.query<{ trace_id: string }>(
        "SELECT trace_id FROM unified_logs WHERE cascade_id = 'semantic_matches'",
      )
    ).rows;
  expect(await logOf(one)).toHaveLength(1);
  // An answer of one is the other's, and is not paid for again.
  expect((await two.client.query(QUESTION)).rows).toEqual([{ green: true }]);
  expect(stub.requests).toHaveLength(1);
  const logged = await logOf(two);
  expect(logged).toHaveLength(1);
  // A mark made on one is used by the other's next statement.
  const traceId = logged[0]?.trace_id;
  await one.client.query('INSERT INTO training_annotations (trace_id, trainable) VALUES ($1, true)', [
    traceId,
  ]);
  two.notices.length = 0;
  await two.client.query("SELECT 'reed' MEANS 'green'");
  expect(two.notices.join('\n')).toContain('Injected 1 training example (');
  expect(stub.requests.at(-1)?.prompt).toContain('bamboo');
  const seen = await one.client.query<{ trainable: boolean }>('SELECT trainable FROM training_annotations');
  expect(seen.rows).toEqual([{ trainable: true }]);
  await Promise.all([one.client.end(), two.client.end()]);
}, 120_000);

it.each(['refuse', 'hang', 'full'] as const)(
  'ClickHouse that says %s in mid-run costs no answer; its rows come when it is back, in order, and after a SIGKILL',
  async (fault) => {
    const { client } = await connect(servers[0]);
    const ask = async (from: number, to: number): Promise<void> => {
      for (let at = from; at < to; at += 1) {
        const { rows } = await client.query(
          `SELECT 'thing ${at}' MEANS 'found while it says ${fault}' AS yes`,
        );
        expect(rows).toEqual([{ yes: true }]);
      }
    };
    await ask(0, 3);
    await endpoint.fault(fault);
    await ask(3, 6);
    const marking = client.query('INSERT INTO training_annotations (trace_id, trainable) VALUES ($1, true)', [
      'x',
    ]);
    if (fault !== 'hang')
      await expect(marking).rejects.toMatchObject({ code: expect.stringMatching(/^58030|23503$/) as string });
    else marking.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await servers[0]?.kill('SIGKILL');
    await endpoint.fault('none');
    servers[0] = await start('one');
    const again = await connect(servers[0]);
    const logged = await again.client.query<{ inputs: string }>(
      'SELECT inputs FROM unified_logs WHERE inputs LIKE $1 ORDER BY ingested',
      [`%found while it says ${fault}%`],
    );
    expect(logged.rows.map(({ inputs }) => /thing (\d+)/.exec(JSON.stringify(inputs))?.[1])).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
    await again.client.end();
  },
  120_000,
);
