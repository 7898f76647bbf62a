import type { DatabaseError } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operatorsPage } from '../../src/cli/operators-page.ts';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import { Server, type TestClient } from '../acceptance/server-fixture.ts';
import { groupCalls } from './support/group-calls.ts';
import { operatorCalls } from './support/operator-calls.ts';

const operators = await loadOperatorSet([packagePath('cascades')], 1);
const ROWS = operatorCalls(operators).map(
  ({ name, cascadeId, sql }) => [name, cascadeId, sql('t.body')] as const,
);
const GROUPS = groupCalls(operators).map(
  ({ name, cascadeId, sql }) => [name, cascadeId, sql('t.body')] as const,
);

const TABLES = [...operators.operators.values()]
  .filter(({ sql }) => sql.shape === 'table')
  .map(({ sql, cascade: { cascadeId } }) => [sql.name, cascadeId, `${sql.name}(t.body)`] as const);

/** Cascades of which docs/operators.md says that they need a language model. */
const NEEDING = new Set(
  [...operators.operators.values()]
    .filter(({ sql }) => sectionOf(sql.name).includes('needs a language model'))
    .map(({ cascade: { cascadeId } }) => cascadeId),
);

function sectionOf(name: string): string {
  return (
    operatorsPage(operators)
      .split('\n## ')
      .find((section) => section.startsWith(`${name}\n`)) ?? ''
  );
}

let server: Server;
let ada: TestClient;

beforeAll(async () => {
  server = await Server.open({ RVBBIT_MODEL: 'local' });
  ada = await server.connect();
  await ada.rows("CREATE TABLE t AS SELECT * FROM (VALUES ('a fine chair'), ('a broken lamp')) v(body)");
});

afterAll(async () => server.close());

const errorOf = (sql: string) =>
  ada.rows(sql).then(
    () => null,
    (error: unknown) => error as DatabaseError,
  );

describe('with the local model', () => {
  it.each([...ROWS, ...GROUPS, ...TABLES])(
    '%s answers, or says that it needs a language model and how to have one',
    async (...given) => {
      const [, cascadeId, call] = given;
      const error = await errorOf(`SELECT ${call} FROM t`);
      if (!NEEDING.has(cascadeId)) return expect(error).toBeNull();
      expect(error).toMatchObject({
        code: '0A000',
        message: expect.stringContaining('needs a language model') as string,
      });
      expect(error?.hint).toMatch(/OPENAI_API_KEY.*RVBBIT_MODEL/);
    },
  );

  it('some operators need a language model, and most of the rest do not', () => {
    expect(NEEDING.size).toBeGreaterThan(10);
    expect(ROWS.length + GROUPS.length - NEEDING.size).toBeGreaterThan(20);
  });

  it('FROM ask_data needs one, too', async () => {
    const error = await errorOf("SELECT * FROM ask_data('How many chairs are there?')");
    expect(error).toMatchObject({ code: '0A000' });
    expect(error?.hint).toContain('RVBBIT_MODEL');
  });

  it('none of it costs anything', async () => {
    const [row] = await ada.rows(
      'SELECT count(*)::int AS calls, coalesce(sum(cost_usd), 0)::float8 AS cost FROM unified_logs',
    );
    expect(row?.calls).toBeGreaterThan(0);
    expect(row?.cost).toBe(0);
  });
});
