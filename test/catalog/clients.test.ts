import { beforeAll, describe, expect, test } from 'vitest';
import { present } from './client-statements.ts';
import {
  type ClientComparison,
  compareClients,
  INTERNAL_IDS,
  lineOf,
  type Tally,
} from './compare-clients.ts';
import { OTHER_ROWS } from './other-rows.ts';
import { recordClients } from './recorded-clients.ts';

const postgres = process.env['RVBBIT_TEST_POSTGRES'];
if (present && postgres !== undefined) await recordClients(postgres);

describe.skipIf(!present)(
  'statements captured from real clients (skipped where ../shared/clients is absent)',
  () => {
    let comparison: ClientComparison;

    beforeAll(async () => {
      comparison = await compareClients();
      for (const [client, tally] of comparison.tallies) console.log(lineOf(client, tally));
      if (process.env['RVBBIT_TEST_NOTES'] !== undefined) console.log(comparison.notes.join('\n'));
    }, 300_000);

    function sumOf(count: (tally: Tally) => number): number {
      return [...comparison.tallies.values()].reduce((sum, tally) => sum + count(tally), 0);
    }

    function share(field: 'answered' | 'names' | 'types'): number {
      return sumOf((tally) => tally[field]) / sumOf(({ statements }) => statements);
    }

    test('at least 99% are answered', () => expect(share('answered')).toBeGreaterThanOrEqual(0.99));
    test('at least 99% have the names of columns that PostgreSQL gives', () =>
      expect(share('names')).toBeGreaterThanOrEqual(0.99));
    test('at least 95% have the types that PostgreSQL gives', () =>
      expect(share('types')).toBeGreaterThanOrEqual(0.95));
    test('at least 95% of those that speak of the schema have the very rows that PostgreSQL gives', () => {
      const about = sumOf(({ statements, internals }) => statements - internals);
      expect(sumOf(({ rows }) => rows) / about).toBeGreaterThanOrEqual(0.95);
    });
    test('every statement that gives other rows is listed with the reason, and no other is', () => {
      const listed = [...INTERNAL_IDS, ...Object.values(OTHER_ROWS).flatMap((ids) => ids.split(' '))];
      expect([...comparison.others].sort()).toEqual(listed.sort());
    });
  },
);
