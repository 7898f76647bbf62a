import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { openServer, type RunningServer } from '../../src/cli/open-server.ts';
import { readConfig } from '../../src/config.ts';
import { OpenAiStub } from './openai-stub.ts';
import type { StubAnswerer } from './openai-stub.ts';

/** The whole server, with the shipped cascades and the embedded log, over a scripted endpoint. */
export class StubServer {
  readonly #clients: Client[] = [];

  private constructor(
    readonly stub: OpenAiStub,
    readonly server: RunningServer,
    private readonly dataDir: string,
  ) {}

  static async open(answer: StubAnswerer, env: NodeJS.ProcessEnv = {}): Promise<StubServer> {
    const stub = await OpenAiStub.start(answer);
    const dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-server-'));
    const config = readConfig({
      RVBBIT_DATA: dataDir,
      RVBBIT_SQL_PORT: '0',
      RVBBIT_MODEL: 'openai/gpt-4.1-mini',
      OPENAI_API_KEY: 'key',
      OPENAI_BASE_URL: stub.baseUrl,
      ...env,
    });
    const server = await openServer(config, pino({ level: 'silent' }), { http: false });
    return new StubServer(stub, server, dataDir);
  }

  async connect(): Promise<Client> {
    const { sqlPort: port } = this.server;
    const client = new Client({ host: '127.0.0.1', port, user: 'ada', database: 'default' });
    await client.connect();
    this.#clients.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) await client.end();
    await this.server.close();
    await this.stub.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
