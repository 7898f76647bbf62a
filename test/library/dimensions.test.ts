import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import type { OperatorSet } from '../../src/operators/cascade/operator-set.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture } from '../support/engine-fixture.ts';
import { runSql } from './support/run-sql.ts';

let operators: OperatorSet;
let fixture: EngineFixture;
let connection: EngineConnection;

beforeAll(async () => {
  operators = await loadOperatorSet([packagePath('cascades')], 1);
});

beforeEach(async () => {
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  await connection.runInternal(
    "CREATE TABLE t AS SELECT i AS id, 'text ' || (i % 20) AS title FROM range(1000) r(i)",
  );
  fixture.judge = ({ cascade, inputs }) => {
    if (cascade.cascadeId === 'semantic_topics') {
      return Array.from({ length: 9 }, (_, at) => `${(inputs.texts as string[]).length}-${at}`);
    }
    if (cascade.cascadeId === 'semantic_matches') return Number(String(inputs.text).slice(5)) < 10;
    const labels = inputs.labels as string[];
    return labels[Number(String(inputs.text).slice(5)) % labels.length];
  };
});

const ended = async (): Promise<void> => {
  await connection.close();
  await fixture.close();
};
afterEach(ended);

const run = (sql: string) => runSql(fixture, connection, operators, sql);

describe('TOPICS', () => {
  it('finds at most n topics once and puts every row into one, with a call a distinct value', async () => {
    const rows = await run('SELECT TOPICS(title, 5) AS topic, count(*) FROM t GROUP BY topic ORDER BY topic');
    expect(rows).toEqual(Array.from({ length: 5 }, (_, at) => [`20-${at}`, 200n]));
    expect(fixture.calls).toHaveLength(21);
    await run("SELECT id FROM t WHERE topics(title, 5) = '20-0'");
    expect(fixture.calls).toHaveLength(21);
  });

  it('waits until the rows are known that other operators select', async () => {
    const rows = await run(
      "SELECT topics(title, 2) AS topic, count(*) FROM t WHERE title MEANS 'small' GROUP BY 1 ORDER BY 1",
    );
    expect(rows).toEqual([
      ['10-0', 250n],
      ['10-1', 250n],
    ]);
    expect(fixture.calls.filter(({ cascade }) => cascade.cascadeId === 'semantic_topics')).toHaveLength(1);
  });

  it('makes groups for an aggregate', async () => {
    fixture.judge = ({ cascade, inputs }) => {
      if (cascade.cascadeId === 'semantic_topics') return ['a', 'b'];
      if (cascade.cascadeId === 'semantic_consensus') return `${(inputs.texts as string[]).length} texts`;
      return Number(String(inputs.text).slice(5)) < 5 ? 'a' : 'b';
    };
    const rows = await run(
      'SELECT topics(title, 2) AS topic, consensus(title) FROM t GROUP BY topic ORDER BY topic',
    );
    expect(rows).toEqual([
      ['a', '250 texts'],
      ['b', '750 texts'],
    ]);
    expect(fixture.calls.filter(({ cascade }) => cascade.cascadeId === 'semantic_consensus')).toHaveLength(2);
  });

  it('refuses a number of groups that is none', async () => {
    await expect(run('SELECT topics(title, 0) FROM t')).rejects.toMatchObject({ code: '22023' });
  });
});

describe('BUCKET', () => {
  it('puts each value into one of the given buckets', async () => {
    const rows = await run("SELECT bucket(title, ['x', 'y']) AS b, count(*) FROM t GROUP BY b ORDER BY b");
    expect(rows).toEqual([
      ['x', 500n],
      ['y', 500n],
    ]);
  });
});
