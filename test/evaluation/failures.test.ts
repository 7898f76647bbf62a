import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowsOf } from '../support/engine-fixture.ts';
import { askedOf, judging } from '../support/judging-stub.ts';
import type { StubAnswer } from '../support/openai-stub.ts';
import { isEven, MEANS, StubStack } from '../support/stub-stack.ts';

const COUNT = `SELECT count(*) FROM t WHERE d ${MEANS} 'even'`;
const VALUES = `SELECT DISTINCT d, d ${MEANS} 'even' AS m FROM t ORDER BY d`;

let stack: StubStack;

beforeEach(async () => {
  stack = await StubStack.open({ retry: { maxAttempts: 4 } });
  stack.judge = isEven;
});

afterEach(async () => {
  await stack.close();
});

const TROUBLE: readonly (readonly [string, StubAnswer])[] = [
  ['a malformed reply', 'well, that depends'],
  ['an empty reply', ''],
  ['a reply without content', { content: null }],
  ['a refusal', { content: null, refusal: 'I cannot help with that.' }],
  ['a reply that the filter stopped', { content: 'tr', finishReason: 'content_filter' }],
  ['a reply cut off', { content: 'true', finishReason: 'length' }],
  ['a reply that contradicts itself', 'true\nfalse'],
  ['a body that is no JSON', { body: '<html>busy</html>' }],
  ['a body cut off', { content: 'true', fault: 'cut' }],
  ['a 429', { status: 429, headers: { 'retry-after-ms': '1' } }],
  ['a 500', { status: 500 }],
  ['a 503', { status: 503 }],
  ['a reset', { fault: 'reset' }],
];

describe('one reply in trouble', () => {
  it.each(TROUBLE)('(%s) is asked for again, and no row is wrong', async (_what, answer) => {
    await stack.table(20, 10);
    stack.stub.answerNext(answer);
    expect(await rowsOf(stack.connection, COUNT, stack.scope())).toEqual([[10n]]);
    expect(stack.stub.requests).toHaveLength(11);
    expect(stack.log.records.filter(({ answerKey }) => answerKey !== '')).toHaveLength(10);
  });
});

describe('a value in trouble for good', () => {
  const failFor = (text: string, trouble: StubAnswer): void => {
    const honest = judging(isEven);
    stack.stub.answer = (request) => {
      const asked = [...askedOf(request).items.values()].some((item) => item.text === text);
      return asked ? trouble : honest(request);
    };
  };

  it.each(TROUBLE)(
    '(%s) fails the statement, is no answer, and is asked again later',
    async (_what, trouble) => {
      await stack.table(20, 10);
      failFor('text 4', trouble);
      await expect(rowsOf(stack.connection, COUNT, stack.scope())).rejects.toMatchObject({
        code: expect.stringMatching(/^(22000|08006|53400)$/) as string,
        message: expect.stringMatching(/^semantic_matches: 1 of \d+ calls failed: /) as string,
        hint: expect.any(String) as string,
      });
      expect(
        stack.log.records.some(({ answerKey, inputs }) => answerKey !== '' && inputs.includes('text 4')),
      ).toBe(false);
      stack.stub.answer = judging(isEven);
      expect(await rowsOf(stack.connection, COUNT, stack.scope())).toEqual([[10n]]);
    },
  );

  it.each([1, 8])('gives NULL and a warning that counts, with %i rows a request', async (batchSize) => {
    await stack.table(20, 10);
    failFor('text 4', 'well, that depends');
    const rows = await rowsOf(stack.connection, VALUES, stack.scope({ onError: 'null', batchSize }));
    expect(rows.map(([, m]) => m)).toEqual([true, false, true, false, null, false, true, false, true, false]);
    const warnings = stack.notices.filter(({ severity }) => severity === 'WARNING');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.message).toBe('1 of 10 calls failed and gave NULL');
    stack.stub.answer = judging(isEven);
    const again = await rowsOf(stack.connection, VALUES, stack.scope({ batchSize }));
    expect(again.map(([, m]) => m)).toEqual(Array.from({ length: 10 }, (_, at) => at % 2 === 0));
  });
});

describe('time-outs', () => {
  it('end a call, which is tried again', async () => {
    const own = await StubStack.open({
      edit: (yaml) => yaml.replace('    temperature: 0\n', '    temperature: 0\n    timeout_ms: 100\n'),
    });
    own.judge = isEven;
    await own.table(20, 10);
    own.stub.answerNext({ fault: 'hang' });
    expect(await rowsOf(own.connection, COUNT, own.scope())).toEqual([[10n]]);
    expect(own.stub.requests).toHaveLength(11);
    await own.close();
  });
});

describe('2,000 rows from an endpoint with 5% malformed replies, 2% resets and 2% errors', () => {
  it.each([1, 16])('are all right and all there, with %i rows a request', async (batchSize) => {
    await stack.table(2000, 2000);
    const honest = judging(isEven);
    let state = 42;
    stack.stub.answer = (request) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const dice = state / 2 ** 32;
      if (dice < 0.05) return 'well, that depends';
      if (dice < 0.07) return { fault: 'reset' };
      if (dice < 0.09) return { status: 500 };
      return honest(request);
    };
    const rows = await rowsOf(
      stack.connection,
      `SELECT id, d ${MEANS} 'even' AS m FROM t ORDER BY id`,
      stack.scope({ batchSize }),
    );
    expect(rows).toHaveLength(2000);
    expect(rows.filter(([id, m]) => m !== (Number(id) % 2 === 0))).toEqual([]);
  });
});
