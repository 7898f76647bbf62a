import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { openServer, type RunningServer } from '../../src/cli/open-server.ts';
import { readConfig } from '../../src/config.ts';

/** The servers of one test, closed after it whatever became of it: a process has one embedded log open at a time. */
export class Servers {
  readonly #open = new Set<Server>();

  async open(env: NodeJS.ProcessEnv = {}, dataDir?: string): Promise<Server> {
    const server = await Server.open(env, dataDir);
    this.#open.add(server);
    return server;
  }

  async close(): Promise<void> {
    const servers = [...this.#open];
    this.#open.clear();
    for (const server of servers) await server.close();
  }
}

/** The whole server as `rvbbit serve` builds it, on free ports and a folder of its own. */
export class Server {
  readonly #clients: Client[] = [];
  #stopped = false;

  private constructor(
    readonly dataDir: string,
    readonly running: RunningServer,
    /** Lines of the server's console. */
    readonly console: readonly string[],
  ) {}

  static async open(env: NodeJS.ProcessEnv = {}, dataDir?: string): Promise<Server> {
    const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'rvbbit-server-')));
    const config = readConfig({
      RVBBIT_DATA: folder,
      RVBBIT_SQL_PORT: '0',
      RVBBIT_HTTP_PORT: '0',
      ...env,
    });
    const lines: string[] = [];
    const logger = pino({ base: null }, { write: (line: string) => void lines.push(line) });
    return new Server(folder, await openServer(config, logger, { http: true }), lines);
  }

  async connect(database = 'default'): Promise<TestClient> {
    const client = new Client({ host: '127.0.0.1', port: this.running.sqlPort, user: 'ada', database });
    const notices: string[] = [];
    client.on('notice', ({ message }) => notices.push(message ?? ''));
    await client.connect();
    this.#clients.push(client);
    return {
      client,
      notices,
      rows: async (sql, values) => (await client.query(sql, [...(values ?? [])])).rows,
    };
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.running.httpPort}${path}`;
  }

  /** Ends the server and keeps its folder. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const client of this.#clients) await client.end();
    await this.running.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

export interface TestClient {
  readonly client: Client;
  readonly notices: string[];
  rows(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** Environment that sends calls to an OpenAI-compatible endpoint. */
export function stubEnvironment(baseUrl: string): NodeJS.ProcessEnv {
  return { OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: 'sk-test', RVBBIT_MODEL: 'openai/gpt-4.1-mini' };
}
