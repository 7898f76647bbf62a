import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { POSTGRES_SCHEMA } from './client-schema.ts';
import { clientStatements, parameterCount } from './client-statements.ts';
import { OBJECT_OIDS, objectsByOid, withoutOids } from './object-oids.ts';

export interface RecordedResult {
  readonly names: readonly string[];
  /** Objects of the schema by what they are, others by oid. */
  readonly types: readonly string[];
  readonly rows: number;
  readonly digest: string;
}

export interface RecordedClients {
  /** The oids that the captured statements speak of. */
  readonly captured: Readonly<Record<string, string>>;
  readonly results: Readonly<Record<string, RecordedResult>>;
}

const FILE = new URL('./recorded/clients.json', import.meta.url);

export function readClients(): RecordedClients {
  return JSON.parse(readFileSync(FILE, 'utf8')) as RecordedClients;
}

/** Of rows in their order where the statement orders them, in any order where it does not. */
export function digestOf(rows: readonly (readonly (string | null)[])[], sql: string): string {
  const lines = rows.map((row) => JSON.stringify(row));
  const ordered = /\border\s+by\b/i.test(sql) ? lines : lines.sort();
  return createHash('sha256').update(ordered.join('\n')).digest('hex').slice(0, 16);
}

/** Answers the clients' statements with a PostgreSQL 15 and writes down names, types, and digests of rows. */
export async function recordClients(url: string): Promise<void> {
  const connect = await freshDatabase(url);
  const client = await connect();
  const { rows } = await client.query<string[]>({ text: OBJECT_OIDS, rowMode: 'array', types: TEXT });
  await client.end();
  const objects = objectsByOid(rows);
  const { captured } = readClients();
  const oids = new Map([...objects].map(([oid, name]) => [name, oid]));
  const results: Record<string, RecordedResult> = {};
  for (const { id, sql } of clientStatements()) {
    const result = await answer(connect, withOids(sql, captured, oids), objects);
    if (result !== undefined) results[id] = result;
  }
  const lines = Object.entries(results).map(([id, result]) => `"${id}": ${JSON.stringify(result)}`);
  writeFileSync(FILE, `{"captured": ${JSON.stringify(captured)},\n"results": {\n${lines.join(',\n')}\n}}\n`);
}

const TEXT = { getTypeParser: () => (value: string) => value };

/** The statement with the captured session's oids replaced by this server's. */
export function withOids(
  sql: string,
  captured: Readonly<Record<string, string>>,
  oids: ReadonlyMap<string, string>,
): string {
  return sql.replace(/\b16[34]\d\d\b/g, (oid) => oids.get(captured[oid] ?? '') ?? oid);
}

async function freshDatabase(url: string): Promise<() => Promise<pg.Client>> {
  const owner = new pg.Client(url);
  await owner.connect();
  await owner.query('DROP DATABASE IF EXISTS clients');
  await owner.query('CREATE DATABASE clients');
  await owner.end();
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client(url.replace(/\/[^/?]*(\?|$)/, '/clients$1'));
    await client.connect();
    await client.query("SET TimeZone = 'UTC'");
    return client;
  };
  const client = await connect();
  for (const sql of POSTGRES_SCHEMA) await client.query(sql);
  await client.end();
  return connect;
}

async function answer(
  connect: () => Promise<pg.Client>,
  sql: string,
  objects: ReadonlyMap<string, string>,
): Promise<RecordedResult | undefined> {
  const client = await connect();
  try {
    await client.query('BEGIN');
    const values = Array<null>(parameterCount(sql)).fill(null);
    const result = await client.query<(string | null)[]>({
      text: sql,
      rowMode: 'array',
      types: TEXT,
      ...(values.length > 0 ? { values } : {}),
    });
    return {
      names: result.fields.map(({ name }) => name),
      types: result.fields.map(({ dataTypeID }) => objects.get(String(dataTypeID)) ?? String(dataTypeID)),
      rows: result.rows.length,
      digest: digestOf(withoutOids(result.rows, objects), sql),
    };
  } catch {
    // What PostgreSQL does not answer need not be answered here.
    return undefined;
  } finally {
    await client.end();
  }
}
