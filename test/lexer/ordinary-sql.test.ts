import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rewriteSemanticSyntax } from '../../src/operators/lexer/semantic-syntax.ts';
import { OPERATORS } from './operator-set.ts';
import { DESC_AS_NAME, ORDINARY_SQL } from './ordinary-sql.ts';
import { openParsers, type Parsers } from './parsers.ts';

describe('ordinary SQL', () => {
  let parsers: Parsers;
  beforeAll(async () => {
    parsers = await openParsers();
  });
  afterAll(() => parsers.close());

  it('is a corpus of at least 200 statements, each of which PostgreSQL or DuckDB parses', async () => {
    const foreign: string[] = [];
    for (const sql of ORDINARY_SQL) {
      if (!parsers.postgresParses(sql) && !(await parsers.duckdbParses(sql))) foreign.push(sql);
    }
    expect(foreign).toEqual([]);
    expect(new Set(ORDINARY_SQL).size).toBeGreaterThanOrEqual(200);
  });

  it.each(ORDINARY_SQL)('comes through with the very same bytes: %s', (sql) => {
    const rewritten = rewriteSemanticSyntax(sql, OPERATORS);
    expect(rewritten.sql).toBe(sql);
    expect(rewritten.keywords).toEqual([]);
  });

  it.each(ORDINARY_SQL)(
    'comes through in lower, upper case and with comments between its tokens: %s',
    (sql) => {
      for (const variant of [sql.toLowerCase(), sql.toUpperCase()]) {
        expect(rewriteSemanticSyntax(variant, OPERATORS).sql).toBe(variant);
      }
    },
  );

  it.each(DESC_AS_NAME)(
    'takes desc and asc for names where they can be no direction: %s',
    (sql, expected) => {
      expect(rewriteSemanticSyntax(sql, OPERATORS).sql).toBe(expected);
    },
  );

  it.each(DESC_AS_NAME)('gives text that a parser takes for: %s', async (_, expected) => {
    expect(parsers.postgresParses(expected) || (await parsers.duckdbParses(expected))).toBe(true);
  });

  it('leaves alone what it has already quoted', () => {
    for (const [, expected] of DESC_AS_NAME)
      expect(rewriteSemanticSyntax(expected, OPERATORS).sql).toBe(expected);
  });
});
