import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SqlError } from '../../src/errors.ts';
import { loadCascade } from '../../src/operators/cascade/load-cascade.ts';
import type { Example } from '../../src/training/example.ts';
import { Stage, cascadeOf } from './support/stage.ts';

const MEANS = loadCascade(
  'matches.cascade.yaml',
  readFileSync('cascades/semantic_sql/matches.cascade.yaml', 'utf8'),
);
const INPUTS = { text: 'bamboo toothbrush', criterion: 'eco-friendly' };

const oneCell = (more: string) =>
  cascadeOf(`cascade_id: x\ncells:\n  - name: a\n    instructions: "{{ input.text }}"\n${more}`);

function example(traceId: string, output: string): Example {
  return { traceId, inputs: { text: traceId }, output, confidence: 1, verified: false, ingested: 1 };
}

describe('a run of MEANS', () => {
  it('asks once and logs one row with everything in it', async () => {
    const stage = new Stage(['true']);
    const answer = await stage.run(MEANS, INPUTS);
    expect(answer.value).toBe(true);
    expect(stage.log.records).toHaveLength(1);
    expect(stage.log.records[0]).toMatchObject({
      traceId: answer.traceId,
      sessionId: 'session-1',
      statementId: 'statement-1',
      parentTraceId: null,
      caller: 'sql',
      cascadeId: 'semantic_matches',
      cellName: 'evaluate',
      fingerprint: MEANS.cells[0]?.fingerprint,
      inputs: '{"criterion":"eco-friendly","text":"bamboo toothbrush"}',
      output: 'true',
      answerKey: 'key-1',
      answer: 'true',
      request: '{"sent":2}',
      response: '{"said":"true"}',
      model: 'standard',
      provider: 'script',
      tokensIn: 10,
      costUsd: 0.001,
      attempt: 1,
      take: 1,
      exampleIds: [],
      source: 'model',
      error: null,
    });
  });

  it('tells the provider what the call is about beside the prompt', async () => {
    const stage = new Stage(['false']);
    await stage.run(MEANS, INPUTS);
    expect(stage.script.requests[0]?.task).toEqual({
      cascadeId: 'semantic_matches',
      cellName: 'evaluate',
      kind: 'boolean',
      inputs: INPUTS,
      criterionArg: 'criterion',
      examples: [],
    });
    expect(stage.script.requests[0]?.messages.at(-1)?.content).toBe(
      'Criterion: eco-friendly\nText: bamboo toothbrush',
    );
  });

  it('takes the model of the session before that of the cell before the configured one', async () => {
    const stage = new Stage(['a']);
    const cascade = oneCell('    model: second/cell\n');
    await stage.run(cascade, { text: 'x' });
    await stage.run(cascade, { text: 'x' }, { model: 'third/set' });
    await stage.run(oneCell(''), { text: 'x' });
    expect(stage.asked).toEqual(['second', 'third', 'script']);
    expect(stage.script.requests.map((request) => request.model)).toEqual(['cell', 'set', 'standard']);
  });
});

describe('training', () => {
  const examples = [example('t1', 'true'), example('t2', 'false')];

  it('puts the block behind the instructions and before the row, and logs the ids', async () => {
    const stage = new Stage(['true']);
    await stage.run(MEANS, INPUTS, { examples: new Map([['evaluate', { examples, trouble: null }]]) });
    const [request] = stage.script.requests;
    expect(request?.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(request?.messages[0]?.content.endsWith('\n\n<xml>true,false</xml>')).toBe(true);
    expect(request?.task.examples).toEqual(examples);
    expect(stage.log.records[0]?.exampleIds).toEqual(['t1', 't2']);
  });

  it('puts examples of few_shot between instructions and row as turns', async () => {
    const stage = new Stage(['x']);
    const cascade = oneCell('    training_format: few_shot\n');
    await stage.run(cascade, { text: 'x' }, { examples: new Map([['a', { examples, trouble: null }]]) });
    expect(stage.script.requests[0]?.messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ]);
  });

  it('in trouble is written to the row, and the call goes on', async () => {
    const stage = new Stage(['true']);
    await stage.run(MEANS, INPUTS, {
      examples: new Map([['evaluate', { examples: [], trouble: 'the store is down' }]]),
    });
    expect(stage.log.records[0]?.trainingTrouble).toBe('the store is down');
  });
});

describe('several cells', () => {
  const cascade = cascadeOf(`cascade_id: x
inputs: [text]
cells:
  - { name: find, instructions: "Find {{ input.text }}", output_schema: { type: object } }
  - { name: judge, instructions: "Judge {{ outputs.find.n }} {{ input.text }}", kind: boolean }
`);

  it('see the outputs of those before, as data', async () => {
    const stage = new Stage(['{"n": "{{ input.text }}"}', 'yes']);
    const answer = await stage.run(cascade, { text: 'x' });
    expect(stage.script.requests[1]?.messages.at(-1)?.content).toBe('Judge {{ input.text }} x');
    expect(answer).toMatchObject({ value: true, outputs: { find: { n: '{{ input.text }}' }, judge: true } });
  });

  it('share a run, point at the call before, and only the last row has the key', async () => {
    const stage = new Stage(['{"n": 1}', 'no']);
    await stage.run(cascade, { text: 'x' });
    const [first, second] = stage.log.records;
    expect(second?.runId).toBe(first?.runId);
    expect(second?.parentTraceId).toBe(first?.traceId);
    expect([first?.answerKey, second?.answerKey]).toEqual(['', 'key-1']);
    expect([first?.output, second?.output]).toEqual(['{"n":1}', 'false']);
    expect([first?.answer, second?.answer]).toEqual(['', 'false']);
  });

  it('end at the first that fails', async () => {
    const stage = new Stage([new SqlError('08006', 'out of reach')]);
    await expect(stage.run(cascade, { text: 'x' })).rejects.toMatchObject({ code: '08006' });
    expect(stage.log.records).toHaveLength(1);
    expect(stage.log.records[0]).toMatchObject({
      error: 'out of reach',
      output: '',
      answerKey: '',
      response: 'null',
    });
    expect(stage.log.records[0]?.request).toContain('Find x');
  });
});

describe('a reply that is neither yes nor no', () => {
  it('is asked again with what was wrong, and both calls are logged', async () => {
    const stage = new Stage(['perhaps', 'true']);
    expect((await stage.run(MEANS, INPUTS)).value).toBe(true);
    expect(stage.script.requests[1]?.messages.slice(2)).toEqual([
      { role: 'assistant', content: 'perhaps' },
      {
        role: 'user',
        content:
          'Your reply is not valid: it is neither true nor false. Answer with one word, true or false.',
      },
    ]);
    expect(
      stage.log.records.map(({ attempt, output, error, answerKey }) => [attempt, output, error, answerKey]),
    ).toEqual([
      [1, '', 'invalid reply: it is neither true nor false', ''],
      [2, 'true', null, 'key-1'],
    ]);
  });

  it('is an error after all retries, with the beginning of the reply', async () => {
    const stage = new Stage([`perhaps ${'x'.repeat(500)}`]);
    const failure = stage.run(MEANS, INPUTS);
    await expect(failure).rejects.toMatchObject({
      code: '22000',
      message:
        'cascade semantic_matches, cell evaluate: no valid answer after 5 calls: it is neither true nor false',
      detail: `The last reply began: "perhaps ${'x'.repeat(192)}"`,
    });
    expect(stage.log.records).toHaveLength(5);
    expect(stage.log.records.every((record) => record.error !== null && record.answerKey === '')).toBe(true);
  });

  it('because it was cut off points at the limit of tokens', async () => {
    const stage = new Stage([{ text: 'tr', finish: 'length' }]);
    await expect(stage.run(MEANS, INPUTS)).rejects.toMatchObject({ hint: 'Raise max_tokens in the cell.' });
  });

  it('is not asked again where the cell allows no retries', async () => {
    const stage = new Stage(['', 'true']);
    await expect(
      stage.run(oneCell('    kind: boolean\n    retries: { max: 0 }\n'), { text: 'x' }),
    ).rejects.toThrow('no valid answer after 1 calls');
  });
});

describe('cancelling', () => {
  it('stops before the next call with the reason of the signal', async () => {
    const abort = new AbortController();
    const stage = new Stage([
      () => {
        abort.abort(new SqlError('57014', 'canceled'));
        return 'perhaps';
      },
    ]);
    await expect(stage.run(MEANS, INPUTS, { signal: abort.signal })).rejects.toMatchObject({ code: '57014' });
    expect(stage.script.requests).toHaveLength(1);
  });
});

describe('takes', () => {
  it('give the median of scores, from calls that are all made', async () => {
    const stage = new Stage(['0.9', '0.1', '0.4']);
    const answer = await stage.run(oneCell('    kind: score\n    takes: { n: 3, reduce: median }\n'), {
      text: 'x',
    });
    expect(answer.value).toBe(0.4);
    expect(stage.log.records.filter(({ answerKey }) => answerKey !== '')).toHaveLength(1);
    expect(stage.log.records).toHaveLength(3);
  });

  it('are as many as the session asks for, at a temperature at which they can differ, where the cell names none', async () => {
    const stage = new Stage(['true', 'false', 'false']);
    const cell = oneCell('    kind: boolean\n    temperature: 0\n');
    expect((await stage.run(cell, { text: 'x' }, { takes: 3 })).value).toBe(false);
    expect(stage.script.requests.map(({ temperature }) => temperature)).toEqual([0.7, 0.7, 0.7]);
    const scored = new Stage(['0.2', '0.6', '0.3']);
    expect((await scored.run(oneCell('    kind: score\n'), { text: 'x' }, { takes: 3 })).value).toBe(0.3);
  });

  it('by vote end once the majority is sure, and the winning row has the key', async () => {
    const stage = new Stage(['no', 'yes', 'yes', 'no', 'no']);
    const answer = await stage.run(oneCell('    kind: boolean\n    takes: { n: 3 }\n'), { text: 'x' });
    expect(answer.value).toBe(true);
    expect(stage.script.requests).toHaveLength(3);
    const keyed = stage.log.records.filter((record) => record.answerKey !== '');
    expect(keyed.map(({ take, output, traceId }) => [take, output, traceId])).toEqual([
      [2, 'true', answer.traceId],
    ]);
    expect(stage.log.records.map(({ take }) => take).sort()).toEqual([1, 2, 3]);
  });

  it('by vote need no third call where two of three agree', async () => {
    const stage = new Stage(['yes']);
    await stage.run(oneCell('    kind: boolean\n    takes: { n: 3 }\n'), { text: 'x' });
    expect(stage.log.records).toHaveLength(2);
  });

  it('by vote give a tie to what came first', async () => {
    const stage = new Stage(['b', 'a']);
    expect((await stage.run(oneCell('    takes: { n: 2 }\n'), { text: 'x' })).value).toBe('b');
  });

  it('by first_valid go on only where a reply was not valid', async () => {
    const cascade = oneCell(
      '    kind: boolean\n    max_retries: 0\n    takes: { n: 3, reduce: first_valid }\n',
    );
    const stage = new Stage(['hm', 'yes']);
    expect((await stage.run(cascade, { text: 'x' })).value).toBe(true);
    expect(stage.log.records.map(({ take, error }) => [take, error === null])).toEqual([
      [1, false],
      [2, true],
    ]);
    await expect(new Stage(['hm']).run(cascade, { text: 'x' })).rejects.toMatchObject({ code: '22000' });
    const down = new Stage([new SqlError('08006', 'out of reach')]);
    await expect(down.run(cascade, { text: 'x' })).rejects.toMatchObject({ code: '08006' });
    expect(down.log.records).toHaveLength(1);
  });

  const evaluated = oneCell(
    '    takes: { n: 3, reduce: evaluator, evaluator: "Best for {{ input.text }}?" }\n',
  );

  it('by evaluator show it the different candidates and take the one it names', async () => {
    const stage = new Stage(['first {{ x }}', 'second', 'second', '2']);
    const answer = await stage.run(evaluated, { text: 'x' });
    expect(answer.value).toBe('second');
    expect(stage.script.requests[3]?.messages.at(-1)?.content).toBe(
      'Best for x?\n\nCandidate 1:\nfirst {{ x }}\n\nCandidate 2:\nsecond',
    );
    expect(stage.log.records.map(({ cellName, answerKey }) => [cellName, answerKey]).sort()).toEqual([
      ['a', ''],
      ['a', ''],
      ['a', 'key-1'],
      ['a.evaluator', ''],
    ]);
  });

  it('that all agree ask no evaluator', async () => {
    const stage = new Stage(['same']);
    expect((await stage.run(evaluated, { text: 'x' })).value).toBe('same');
    expect(stage.script.requests).toHaveLength(3);
  });

  it('are all logged where their evaluator fails', async () => {
    const stage = new Stage(['one', 'two', 'three', '9']);
    await expect(stage.run(evaluated, { text: 'x' })).rejects.toThrow('cell a.evaluator');
    expect(stage.log.records).toHaveLength(8);
    expect(stage.log.records.filter((record) => record.error === null)).toHaveLength(3);
  });
});
