import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TranslatedSession } from '../dialect/translated-session.ts';
import { CLIENT_SCHEMA } from './client-schema.ts';
import { type ClientStatement, clientStatements, parameterCount, present } from './client-statements.ts';
import { duckdbTypeOid } from './duckdb-type-oid.ts';
import { OBJECT_OIDS, objectsByOid, withoutOids } from './object-oids.ts';
import { digestOf, readClients, recordClients, type RecordedResult, withOids } from './recorded-clients.ts';

/** How many statements of a client were answered, and how far like PostgreSQL. */
interface Tally {
  statements: number;
  answered: number;
  names: number;
  types: number;
  rows: number;
}

const postgres = process.env['RVBBIT_TEST_POSTGRES'];
if (present && postgres !== undefined) await recordClients(postgres);

describe.skipIf(!present)(
  'statements captured from real clients (skipped where ../shared/clients is absent)',
  () => {
    const tallies = new Map<string, Tally>();
    const notes: string[] = [];
    let session: TranslatedSession;

    beforeAll(async () => {
      const recorded = readClients();
      session = await TranslatedSession.open();
      for (const sql of CLIENT_SCHEMA) await session.query(sql);
      const { rows } = await session.query(OBJECT_OIDS);
      const objects = objectsByOid(rows);
      const oids = new Map([...objects].map(([oid, name]) => [name, oid]));
      for (const statement of clientStatements()) {
        const theirs = recorded.results[statement.id];
        if (theirs !== undefined)
          await compare(statement, theirs, withOids(statement.sql, recorded.captured, oids), objects);
      }
      for (const [client, tally] of tallies) console.log(client.padEnd(16), JSON.stringify(tally));
      if (process.env['RVBBIT_TEST_NOTES'] !== undefined) console.log(notes.join('\n'));
    }, 300_000);
    afterAll(() => session.close());

    async function compare(
      { id, client }: ClientStatement,
      theirs: RecordedResult,
      sql: string,
      objects: ReadonlyMap<string, string>,
    ) {
      const tally = tallies.get(client) ?? { statements: 0, answered: 0, names: 0, types: 0, rows: 0 };
      tallies.set(client, tally);
      tally.statements += 1;
      try {
        const { columns, types, rows } = await session.query(sql, parameterCount(sql));
        tally.answered += 1;
        if (theirs.names.length === 0)
          return void ((tally.names += 1), (tally.types += 1), (tally.rows += 1));
        const names = columns.map(({ name }) => name);
        const told = columns.map(({ typeOid }, at) =>
          typeOid === null ? duckdbTypeOid(types[at] ?? '') : String(typeOid),
        );
        const digest = digestOf(withoutOids(rows, objects));
        if (names.join() === theirs.names.join()) tally.names += 1;
        if (told.join() === theirs.types.join()) tally.types += 1;
        else
          notes.push(
            `${id} types ${told.map((oid, at) => (oid === theirs.types[at] ? '' : `${names[at]}:${oid}/${theirs.types[at]}`)).join(' ')}`,
          );
        if (digest === theirs.digest) tally.rows += 1;
        else notes.push(`${id} rows ${rows.length}/${theirs.rows}`);
      } catch (error) {
        notes.push(`${id} ${error instanceof Error ? error.message.slice(0, 160) : ''}`);
      }
    }

    function share(field: 'answered' | 'names' | 'types' | 'rows'): number {
      const all = [...tallies.values()];
      return (
        all.reduce((sum, tally) => sum + tally[field], 0) /
        all.reduce((sum, tally) => sum + tally.statements, 0)
      );
    }

    test('at least 99% are answered', () => expect(share('answered')).toBeGreaterThanOrEqual(0.99));
    test('at least 99% have the names of columns that PostgreSQL gives', () =>
      expect(share('names')).toBeGreaterThanOrEqual(0.99));
    test('at least 95% have the types that PostgreSQL gives', () =>
      expect(share('types')).toBeGreaterThanOrEqual(0.95));
    test('at least half have the very rows that PostgreSQL gives', () =>
      expect(share('rows')).toBeGreaterThanOrEqual(0.5));
  },
);
