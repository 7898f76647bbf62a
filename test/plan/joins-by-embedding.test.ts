import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture, query, rowsOf } from '../support/engine-fixture.ts';
import { asSymbols, operators } from './operators.ts';

const SIDE = 50;
let fixture: EngineFixture;
let connection: EngineConnection;

/** Rare words, so that a text is near its partner and no other. */
const WORDS =
  'anchor bakery candle dragon engine falcon garden hammer island jacket kettle lemon mirror needle orange pepper quartz rocket saddle tunnel umbrella violin window yogurt zipper'.split(
    ' ',
  );

beforeEach(async () => {
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  const name = (at: number): string =>
    `${WORDS[at % 25]} ${WORDS[(at * 7 + Math.floor(at / 25) * 3 + 1) % 25]}`;
  const values = Array.from({ length: SIDE }, (_, at) => `(${at}, 'the ${name(at)}', '${name(at)} (used)')`);
  await connection.runInternal(
    `CREATE TABLE pairs AS SELECT * FROM (VALUES ${values.join(', ')}) v(id, d, e)`,
  );
  await connection.runInternal('CREATE TABLE l AS SELECT id, d FROM pairs');
  await connection.runInternal('CREATE TABLE r AS SELECT id, e FROM pairs');
  fixture.judge = ({ inputs }) => `${String(inputs.text)} (used)` === `the ${String(inputs.criterion)}`;
});

afterEach(async () => {
  await connection.close();
  await fixture.close();
});

const sql = asSymbols('SELECT l.id, r.id FROM l JOIN r ON l.d MEANS r.e ORDER BY 1');
const truth = Array.from({ length: SIDE }, (_, at) => [at, at]);

describe('a join whose criterion needs both sides', () => {
  it('asks about every pair at recall 1', async () => {
    expect(await rowsOf(connection, sql, fixture.scope())).toEqual(truth);
    expect(fixture.calls).toHaveLength(SIDE * SIDE);
    expect(fixture.notices.filter(({ message }) => message.includes('ruled out'))).toEqual([]);
  });

  it('asks about candidates and a sample below it, says so, and pays nothing for a rerun', async () => {
    const explained = await connection.explain(query(sql), [], fixture.scope({ recall: 0.8 }));
    expect(explained.operators[0]?.joins).toMatchObject([
      { pairs: 2500, left: SIDE, right: SIDE, candidates: 200, sampled: expect.any(Number) },
    ]);
    expect(fixture.calls).toHaveLength(0);
    const rows = await rowsOf(connection, sql, fixture.scope({ recall: 0.8 }));
    const asked = fixture.calls.length;
    expect(rows.length).toBeGreaterThanOrEqual(0.8 * SIDE);
    expect(truth).toEqual(expect.arrayContaining([...rows]));
    expect(asked).toBeLessThan(0.4 * SIDE * SIDE);
    expect(fixture.notices.at(-1)?.message).toBe(
      `semantic_matches: of 2500 pairs (50 × 50 values) the model decides ${asked} (200 candidates and ${asked - 200} others by lot), ${2500 - asked} are ruled out by embedding, at recall 0.8`,
    );
    expect(await rowsOf(connection, sql, fixture.scope({ recall: 0.8 }))).toEqual(rows);
    expect(fixture.calls).toHaveLength(asked);
    // What was ruled out is no answer for others.
    expect(await rowsOf(connection, sql, fixture.scope())).toEqual(truth);
    expect(fixture.calls).toHaveLength(SIDE * SIDE);
  });

  it('is refused above rvbbit.max_pairs, and the hint names the setting that helps', async () => {
    await expect(rowsOf(connection, sql, fixture.scope({ maxPairs: 1_500 }))).rejects.toMatchObject({
      code: '54000',
      message:
        'semantic_matches would judge 2500 pairs (50 × 50 distinct values); rvbbit.max_pairs allows 1500',
      hint: expect.stringContaining('SET rvbbit.recall = 0.9 to rule pairs out by embedding'),
    });
    expect(fixture.calls).toHaveLength(0);
    const rows = await rowsOf(connection, sql, fixture.scope({ maxPairs: 1_500, recall: 0.8 }));
    expect(rows.length).toBeGreaterThanOrEqual(0.8 * SIDE);
    expect(fixture.calls.length).toBeLessThanOrEqual(1_500);
  });

  it('is refused where the recall cannot be proved within rvbbit.max_pairs', async () => {
    fixture.judge = () => false;
    await expect(
      rowsOf(connection, sql, fixture.scope({ maxPairs: 1_500, recall: 0.8 })),
    ).rejects.toMatchObject({
      code: '54000',
      detail: expect.stringMatching(/^\d+ were asked about, and their answers are kept\.$/),
      hint: expect.stringContaining('a lower rvbbit.recall'),
    });
    expect(fixture.calls.length).toBeLessThanOrEqual(1_500);
    // Within the limit all are asked about.
    const all = await rowsOf(connection, sql, fixture.scope({ recall: 0.8 }));
    expect(all).toEqual([]);
    expect(fixture.calls).toHaveLength(SIDE * SIDE);
    expect(fixture.notices.at(-1)?.message).toContain('none is ruled out');
  });

  it('keeps the rows of an outer join that have no partner', async () => {
    const left = asSymbols('SELECT l.id, r.id FROM l LEFT JOIN r ON l.d MEANS r.e ORDER BY 1');
    const rows = await rowsOf(connection, left, fixture.scope({ recall: 0.8 }));
    expect(rows.map(([id]) => id)).toEqual(truth.map(([id]) => id));
    expect(rows.filter(([, other]) => other !== null).length).toBeGreaterThanOrEqual(0.8 * SIDE);
  });
});
