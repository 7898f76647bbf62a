import { DatabaseError } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { SqlError } from '../../src/errors.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import type { OperatorSet } from '../../src/operators/cascade/operator-set.ts';
import { rewriteSemanticSyntax } from '../../src/operators/lexer/semantic-syntax.ts';
import { ServerFixture } from '../wire/support/server-fixture.ts';

const DEPTH = 2000;
const HEADS = ['', 'SELECT ', 'INSERT INTO t SELECT a MEANS '];
const OPENINGS = [
  ...[
    '(',
    '[',
    '{',
    'f(',
    'NOT ',
    '- ',
    '1+',
    '||',
    '/*',
    "'",
    '$a$',
    'CASE WHEN ',
    'SELECT (',
    'BEGIN ATOMIC ',
  ],
  ...['WITH a AS (', 'a MEANS (', 'x MEANS y AND ', 'desc ', 'SEMANTIC DISTINCT '],
];
/** Forms that are read up to their end. */
const FORMS = [
  ...[
    'SEMANTIC_CASE x WHEN SEMANTIC ',
    'SEMANTIC_CASE ',
    'SUMMARIZE(',
    'SUMMARIZE( END ',
    'f(SEMANTIC DISTINCT ',
    'VECTOR_SEARCH(',
  ],
  ...['SEMANTIC_CASE x WHEN SEMANTIC y THEN (SUMMARIZE( '],
];

let server: ServerFixture;
let operators: OperatorSet;
beforeAll(async () => {
  server = await ServerFixture.open();
  operators = await loadOperatorSet([packagePath('cascades')], 1);
});
afterAll(() => server.close());

test.each(OPENINGS)(
  'a statement with thousands of %j within one another is run or refused',
  async (opening) => {
    const client = await server.pg();
    for (const head of HEADS) {
      for (const end of ['', `1${')'.repeat(DEPTH)}`]) {
        const refused = await client
          .query(head + opening.repeat(DEPTH) + end)
          .catch((error: unknown) => error);
        if (refused instanceof Error) expect(refused).toBeInstanceOf(DatabaseError);
        expect((refused as { code?: string }).code, head).not.toBe('XX000');
        expect((await client.query('SELECT 5/2 AS n')).rows).toEqual([{ n: 2 }]);
      }
    }
    expect(server.faults).toEqual([]);
  },
);

test.each(FORMS)('%j thousands of times within itself is refused before it is read', (opening) => {
  let refused: unknown;
  const started = performance.now();
  try {
    rewriteSemanticSyntax(`SELECT ${opening.repeat(20_000)}`, operators);
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(SqlError);
  expect(refused).toMatchObject({ code: '54001' });
  expect(performance.now() - started).toBeLessThan(2000);
});

test.each(['( SEMANTIC_CASE ) ', 'SEMANTIC_CASE END ', 'SUMMARIZE( ] ', 'SUMMARIZE(x) '])(
  '%j thousands of times in a row is read once',
  (form) => {
    const started = performance.now();
    rewriteSemanticSyntax(`SELECT ${form.repeat(20_000)}`, operators);
    expect(performance.now() - started).toBeLessThan(4000);
  },
);
