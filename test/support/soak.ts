import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

export interface SoakOptions {
  readonly idle: number;
  readonly busy: number;
  readonly seconds: number;
  /** Bytes that the server holds, asked every second. */
  readonly memory?: () => Promise<number> | number;
}

export interface SoakResult {
  readonly statements: number;
  readonly errors: readonly string[];
  /** Milliseconds of each SELECT 1. */
  readonly times: readonly number[];
  /** By the second. */
  readonly memory: readonly number[];
}

/** Many clients of one server: some do nothing, some ask SELECT 1 and real statements without a pause. */
export async function soak(port: number, { idle, busy, seconds, memory }: SoakOptions): Promise<SoakResult> {
  const errors: string[] = [];
  const connect = async (): Promise<Client> => {
    const client = new Client({ host: '127.0.0.1', port, user: 'ada', database: 'default' });
    client.on('error', (error) => errors.push(error.message));
    await client.connect();
    return client;
  };
  const clients: Client[] = [];
  for (let count = 0; count < idle + busy; count += 1) clients.push(await connect());
  const until = performance.now() + seconds * 1_000;
  const times: number[] = [];
  const held: number[] = [];
  let statements = 0;
  const work = async (client: Client, number: number): Promise<void> => {
    for (let turn = 0; performance.now() < until; turn += 1) {
      const start = performance.now();
      try {
        await client.query('SELECT 1');
        times.push(performance.now() - start);
        if (turn % 10 === 0) await client.query('SELECT sum(i) FROM range($1::int) r(i)', [1_000 + number]);
        statements += 1;
      } catch (error) {
        errors.push(String(error));
        return;
      }
    }
  };
  const watch = async (): Promise<void> => {
    while (memory !== undefined && performance.now() < until) {
      held.push(await memory());
      await sleep(1_000);
    }
  };
  await Promise.all([...clients.slice(idle).map(work), watch()]);
  for (const client of clients.slice(0, idle)) {
    await client.query('SELECT 1').catch((error: unknown) => errors.push(String(error)));
  }
  await Promise.all(clients.map((client) => client.end()));
  return { statements, errors, times, memory: held };
}
