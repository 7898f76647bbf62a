import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

const FOLDER = process.env.RVBBIT_POSTGRES_BIN ?? '/usr/lib/postgresql/15/bin';

/** The machine's PostgreSQL 15 on a folder and port of its own. */
export class PostgresServer {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly process: ChildProcess,
  ) {}

  /** null where the machine has none. */
  static async start(): Promise<PostgresServer | null> {
    if (!existsSync(join(FOLDER, 'initdb'))) return null;
    const folder = await mkdtemp(join(tmpdir(), 'rvbbit-postgres-'));
    await chmod(folder, 0o777);
    const data = join(folder, 'data');
    asPostgres(`${FOLDER}/initdb -D ${data} -U postgres -A trust --no-sync`);
    const port = await freePort();
    const server = spawn(
      'su',
      serverArguments(`${FOLDER}/postgres -D ${data} -p ${port} -k ${folder} -c listen_addresses=127.0.0.1`),
      {
        stdio: 'ignore',
      },
    );
    const started = new PostgresServer(port, folder, server);
    await started.#ready();
    return started;
  }

  async connect(): Promise<Client> {
    const client = new Client({ host: '127.0.0.1', port: this.port, user: 'postgres', database: 'postgres' });
    await client.connect();
    return client;
  }

  async stop(): Promise<void> {
    asPostgres(`${FOLDER}/pg_ctl -D ${join(this.folder, 'data')} -m immediate stop`);
    await new Promise((resolve) =>
      this.process.exitCode === null ? this.process.once('exit', resolve) : resolve(null),
    );
    await rm(this.folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await (await this.connect()).end();
        return;
      } catch (error) {
        if (attempt === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
}

/** PostgreSQL refuses to run as root. */
function serverArguments(command: string): readonly string[] {
  return ['postgres', '-s', '/bin/sh', '-c', `exec ${command}`];
}

function asPostgres(command: string): void {
  execFileSync('su', serverArguments(command), { stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
