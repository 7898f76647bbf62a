import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TranslatedSession } from '../dialect/translated-session.ts';
import { CLIENT_SCHEMA } from './client-schema.ts';
import { type ClientStatement, clientStatements, parameterCount } from './client-statements.ts';
import { OBJECT_OIDS, objectsByOid, withoutOids } from './object-oids.ts';
import { INTERNALS } from './other-rows.ts';
import { digestOf, readClients, type RecordedResult, withOids } from './recorded-clients.ts';

/** How many statements of a client were answered, and how far like PostgreSQL. */
export interface Tally {
  statements: number;
  answered: number;
  names: number;
  types: number;
  rows: number;
  /** Of those whose rows are other ones: which speak of PostgreSQL's own internals. */
  internals: number;
}

export interface ClientComparison {
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Ids of statements that give other rows. */
  readonly others: readonly string[];
  /** A line for each statement that fails or gives other types. */
  readonly notes: readonly string[];
}

export const INTERNAL_IDS: ReadonlySet<string> = new Set(
  Object.values(INTERNALS).flatMap((ids) => ids.split(' ')),
);

/** Runs the captured statements on the fixed schema, and compares with what PostgreSQL 15 answered. */
export async function compareClients(): Promise<ClientComparison> {
  const recorded = readClients();
  const folder = mkdtempSync(join(tmpdir(), 'rvbbit-clients-'));
  const session = await TranslatedSession.open(undefined, join(folder, 'clients.duckdb'));
  try {
    for (const sql of CLIENT_SCHEMA) await session.query(sql);
    const objects = objectsByOid((await session.query(OBJECT_OIDS)).rows);
    const oids = new Map([...objects].map(([oid, name]) => [name, oid]));
    const comparison = new Comparison(session, objects);
    for (const statement of clientStatements()) {
      const theirs = recorded.results[statement.id];
      if (theirs !== undefined)
        await comparison.add(statement, theirs, withOids(statement.sql, recorded.captured, oids));
    }
    return comparison;
  } finally {
    session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `rows 20 of 20`: of the statements that do not speak of PostgreSQL's internals. */
export function lineOf(client: string, tally: Tally): string {
  const { statements, answered, names, types, rows, internals } = tally;
  return `${client.padEnd(16)} ${statements} statements: ${answered} answered, names ${names}, types ${types}, rows ${rows} of ${statements - internals}`;
}

class Comparison implements ClientComparison {
  readonly tallies = new Map<string, Tally>();
  readonly others: string[] = [];
  readonly notes: string[] = [];

  constructor(
    private readonly session: TranslatedSession,
    private readonly objects: ReadonlyMap<string, string>,
  ) {}

  async add({ id, client }: ClientStatement, theirs: RecordedResult, sql: string): Promise<void> {
    const tally = this.#tallyOf(client);
    tally.statements += 1;
    try {
      const { columns, rows } = await this.session.query(sql, parameterCount(sql));
      tally.answered += 1;
      const names = columns.map(({ name }) => name);
      const types = columns.map(({ type }) => String(type.codec.oid));
      const isCommand = theirs.names.length === 0;
      if (isCommand || names.join() === theirs.names.join()) tally.names += 1;
      if (isCommand || types.join() === theirs.types.join()) tally.types += 1;
      else this.notes.push(`${id} types ${types.join()} for ${theirs.types.join()}`);
      if (isCommand || digestOf(withoutOids(rows, this.objects), sql) === theirs.digest) tally.rows += 1;
      else this.#addOther(id, tally);
    } catch (error) {
      this.notes.push(`${id} ${error instanceof Error ? error.message.slice(0, 160) : ''}`);
    }
  }

  #addOther(id: string, tally: Tally): void {
    this.others.push(id);
    if (INTERNAL_IDS.has(id)) tally.internals += 1;
  }

  #tallyOf(client: string): Tally {
    const empty = { statements: 0, answered: 0, names: 0, types: 0, rows: 0, internals: 0 };
    const tally = this.tallies.get(client) ?? empty;
    this.tallies.set(client, tally);
    return tally;
  }
}
