import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explanationJson } from '../../src/operators/evaluation/explain/explanation-json.ts';
import { explanationLines } from '../../src/operators/evaluation/explain/explanation-lines.ts';
import type { SemanticExplanation } from '../../src/operators/evaluation/explain/explanation.ts';
import { parseExplain } from '../../src/operators/evaluation/explain/parse-explain.ts';
import type { SemanticSettings } from '../../src/operators/evaluation/statement-scope.ts';
import { query, rowsOf } from '../support/engine-fixture.ts';
import { isEven, MEANS, StubStack } from '../support/stub-stack.ts';

let stack: StubStack;

beforeEach(async () => {
  stack = await StubStack.open();
  stack.judge = isEven;
});

afterEach(async () => {
  await stack.close();
});

const explain = (sql: string, settings: Partial<SemanticSettings> = {}): Promise<SemanticExplanation> =>
  stack.connection.explain(query(sql), [], stack.scope(settings));

const COUNT = `SELECT count(*) FROM t WHERE d ${MEANS} 'even'`;

describe('EXPLAIN (SEMANTIC)', () => {
  it('counts the rows of a walk that it would ask about', async () => {
    await stack.table(2000, 2000);
    const { operators } = await explain(`SELECT id FROM t WHERE d ${MEANS} 'even' LIMIT 5`);
    expect(operators[0]).toMatchObject({ rows: 16, distinctCalls: 16, toPay: 16 });
  });

  it('spends nothing, and says what the statement then spends', async () => {
    await stack.table(2000, 100);
    const explanation = await explain(COUNT);
    expect(stack.stub.requests).toHaveLength(0);
    expect(stack.log.records).toHaveLength(0);
    expect(explanation).toMatchObject({ toPay: 100, requests: 100, happened: null });
    expect(explanation.operators[0]).toMatchObject({
      operator: 'semantic_matches',
      models: ['openai/gpt-4.1-mini'],
      rows: 2000,
      distinctCalls: 100,
      inMemory: 0,
      inLog: 0,
      toPay: 100,
    });
    await rowsOf(stack.connection, COUNT, stack.scope());
    expect(stack.stub.requests).toHaveLength(100);
  });

  it('counts requests where rows are packed', async () => {
    await stack.table(2000, 100);
    expect(await explain(COUNT, { batchSize: 16 })).toMatchObject({ toPay: 100, requests: 7 });
    const alone = await explain(COUNT);
    const packed = await explain(COUNT, { batchSize: 16 });
    expect(packed.tokens).toBeLessThan(alone.tokens / 3);
    expect(stack.stub.requests).toHaveLength(0);
  });

  it('knows what memory and log have', async () => {
    await stack.table(200, 10);
    await rowsOf(stack.connection, COUNT, stack.scope());
    await stack.table(200, 25);
    expect((await explain(COUNT)).operators[0]).toMatchObject({ inMemory: 10, inLog: 0, toPay: 15 });
    const restarted = await StubStack.open({ log: stack.log });
    await restarted.table(200, 25);
    const afterwards = await restarted.connection.explain(query(COUNT), [], restarted.scope());
    expect(afterwards.operators[0]).toMatchObject({ inMemory: 0, inLog: 10, toPay: 15, distinctCalls: 25 });
    await restarted.close();
  });

  it('counts tokens with the tokenizer of the model and takes their price', async () => {
    await stack.table(10, 10);
    const { operators, costUsd, assumptions } = await explain(COUNT);
    const [operator] = operators;
    const prompt = operator?.tokensIn ?? 0;
    expect(prompt / 10).toBeGreaterThan(150);
    expect(prompt / 10).toBeLessThan(400);
    expect(costUsd).toBeCloseTo((prompt * 0.4 + (operator?.tokensOut ?? 0) * 1.6) / 1e6, 9);
    expect(assumptions.join('\n')).toContain('o200k_base');
  });

  it('counts what stands behind an unknown answer by the share that is taken to be true', async () => {
    await stack.table(2000, 2000);
    const sql = `SELECT count(*) FROM t WHERE CASE WHEN d ${MEANS} 'even' THEN d ${MEANS} 'more' ELSE false END`;
    const { operators, assumptions } = await explain(sql);
    expect(operators[0]?.toPay).toBeGreaterThan(2900);
    expect(operators[0]?.toPay).toBeLessThan(3100);
    expect(assumptions[0]).toContain('50% are taken to be true');
  });

  it('goes through a statement that changes data without changing any', async () => {
    await stack.table(200, 20);
    const statement = {
      sql: `DELETE FROM t WHERE d ${MEANS} 'even'`,
      selectForms: [`SELECT 1 FROM t WHERE d ${MEANS} 'even'`],
      changesData: true,
    };
    const { toPay } = await stack.connection.explain(statement, [], stack.scope());
    expect(toPay).toBe(20);
    expect(await rowsOf(stack.connection, 'SELECT count(*) FROM t', stack.scope())).toEqual([[200n]]);
    expect(stack.stub.requests).toHaveLength(0);
  });

  it('says so where a statement calls no operator', async () => {
    const explanation = await explain('SELECT 42');
    expect(explanationLines(explanation)).toEqual(['The statement calls no semantic operator.']);
  });

  it('leaves nothing behind that the statement itself would take for an answer', async () => {
    await stack.table(40, 20);
    await explain(COUNT);
    expect(await rowsOf(stack.connection, COUNT, stack.scope())).toEqual([[20n]]);
    expect(stack.stub.requests).toHaveLength(20);
  });
});

describe('its text', () => {
  it('has a line for everything that is asked of it', async () => {
    await stack.table(100, 10);
    const text = explanationLines(await explain(COUNT)).join('\n');
    expect(text).toMatch(/^semantic_matches on openai\/gpt-4.1-mini\n {2}rows 100, distinct calls 10\n/);
    expect(text).toContain('in memory 0, in the log 0, to pay 10');
    expect(text).toMatch(/requests 10, tokens \d+ in and \d+ out, cost \$0\.00\d+/);
    expect(text).toMatch(/Total: to pay 10, requests 10, tokens \d+, cost \$0\.00\d+, about 1\.0 s/);
    expect(text).toContain('examples of evaluate (recent, xml): none');
    expect(text).toContain('Assumptions:');
  });

  it('is JSON where that is asked for', async () => {
    await stack.table(100, 10);
    const [parsed] = JSON.parse(explanationJson(await explain(COUNT))) as Record<string, unknown>[];
    expect(parsed).toMatchObject({ to_pay: 10, requests: 10, happened: null });
    expect(parsed?.operators).toMatchObject([{ operator: 'semantic_matches', distinct_calls: 10 }]);
  });
});

describe('the statement EXPLAIN (SEMANTIC)', () => {
  it.each([
    ['EXPLAIN (SEMANTIC) SELECT 1', { analyze: false, format: 'text' }, 'SELECT 1'],
    ['explain (semantic, analyze) select 1;', { analyze: true, format: 'text' }, 'select 1'],
    ['EXPLAIN (FORMAT JSON, SEMANTIC on) SELECT (1)', { analyze: false, format: 'json' }, 'SELECT (1)'],
    [
      "EXPLAIN (SEMANTIC, ANALYZE off, FORMAT 'json')\n/* a */ VALUES (1)",
      { analyze: false, format: 'json' },
      'VALUES (1)',
    ],
  ])('is read from %s', (sql, options, statement) => {
    const parsed = parseExplain(sql);
    expect(parsed?.options).toEqual(options);
    expect(parsed?.statement).toBe(statement);
    expect(sql.slice(parsed?.start ?? 0).startsWith(statement)).toBe(true);
  });

  it.each([
    'EXPLAIN SELECT 1',
    'EXPLAIN (ANALYZE) SELECT 1',
    'EXPLAIN (SEMANTIC off) SELECT 1',
    'SELECT 1',
    '',
  ])('is not read from %s', (sql) => expect(parseExplain(sql)).toBeNull());

  it.each([
    ['EXPLAIN (SEMANTIC, COSTS) SELECT 1', 'no option "COSTS"'],
    ['EXPLAIN (SEMANTIC, FORMAT yaml) SELECT 1', 'no format "yaml"'],
    ['EXPLAIN (SEMANTIC)', 'needs a statement'],
  ])('is refused for %s', (sql, message) => {
    expect(() => parseExplain(sql)).toThrow(
      expect.objectContaining({
        code: '42601',
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });
});
