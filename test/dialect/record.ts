import pg from 'pg';
import { corpus } from './corpus.ts';
import { type Outcome, writeRecorded } from './recorded.ts';

/** Runs the corpus on a PostgreSQL 15 and writes down what it says. The server is given an empty database of its own. */
export async function recordPostgres(url: string): Promise<void> {
  for (const [topic, statements] of corpus()) {
    const client = await freshDatabase(url);
    const outcomes: Outcome[] = [];
    for (const text of statements) outcomes.push(await outcomeOf(client, text));
    await client.end();
    writeRecorded(topic, outcomes);
  }
}

async function freshDatabase(url: string): Promise<pg.Client> {
  const owner = new pg.Client(url);
  await owner.connect();
  await owner.query('DROP DATABASE IF EXISTS differential');
  await owner.query('CREATE DATABASE differential');
  await owner.end();
  const client = new pg.Client(url.replace(/\/[^/?]*(\?|$)/, '/differential$1'));
  await client.connect();
  await client.query("SET TimeZone = 'UTC'");
  return client;
}

async function outcomeOf(client: pg.Client, text: string): Promise<Outcome> {
  try {
    const types = { getTypeParser: () => (value: string) => value };
    const result = await client.query<(string | null)[]>({ text, rowMode: 'array', types });
    return { columns: result.fields.map(({ name }) => name), rows: result.rows };
  } catch (error) {
    return { error: error instanceof pg.DatabaseError ? (error.code ?? 'XX000') : 'XX000' };
  }
}
