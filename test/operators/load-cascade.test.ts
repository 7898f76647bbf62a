import { describe, expect, it } from 'vitest';
import { StartupError } from '../../src/errors.ts';
import { loadCascade } from '../../src/operators/cascade/load-cascade.ts';

const FILE = 'cascades/x.cascade.yaml';

function load(yaml: string) {
  return loadCascade(FILE, yaml);
}

function problemOf(yaml: string): string {
  try {
    load(yaml);
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
  throw new Error('the file was accepted');
}

const HEAD = 'cascade_id: x\n';
const CELL = 'cells:\n  - name: evaluate\n    instructions: "{{ input.text }}"\n';

const OPERATOR = `cascade_id: x
sql_function:
  name: X_Matches
  args:
    - { name: text, type: varchar }
    - { name: criterion, type: varchar }
  returns: boolean
  operators: ["{{ text }}  looks  LIKE {{ criterion }}"]
cells:
  - name: evaluate
    instructions: "{{ input.criterion }}: {{ input.text }}"
`;

describe('a cascade file', () => {
  it('takes the defaults of the seed where it says nothing', () => {
    const cascade = load(HEAD + CELL);
    expect(cascade.inputs).toEqual(['text']);
    expect(cascade.sqlFunction).toBeNull();
    expect(cascade.cells[0]).toMatchObject({ kind: 'text', model: null, maxRetries: 4, takes: null });
    expect(cascade.cells[0]?.training).toEqual({
      useTraining: false,
      limit: 5,
      strategy: 'recent',
      minConfidence: 0.8,
      verifiedOnly: false,
      format: 'xml',
    });
  });

  it('is frozen all the way down and keeps its text', () => {
    const cascade = load(OPERATOR);
    expect(cascade.source).toBe(OPERATOR);
    expect(Object.isFrozen(cascade.cells[0]?.training)).toBe(true);
    expect(Object.isFrozen(cascade.sqlFunction?.patterns[0])).toBe(true);
  });

  it('gives a BOOLEAN operator its negated form by itself', () => {
    const sql = load(OPERATOR).sqlFunction;
    expect(sql?.name).toBe('x_matches');
    expect(sql?.returns).toBe('BOOLEAN');
    expect(sql?.args.map((arg) => arg.role)).toEqual(['value', 'criterion']);
    expect(sql?.patterns.map(({ keyword, negated }) => [keyword, negated])).toEqual([
      ['LOOKS LIKE', false],
      ['NOT LOOKS LIKE', true],
    ]);
    expect(sql?.patterns[0]?.symbol).not.toBe(sql?.patterns[1]?.symbol);
  });

  it('takes the kind of an answer from what the last cell must give', () => {
    const kindOf = (yaml: string) => load(yaml).cells.at(-1)?.kind;
    expect(kindOf(OPERATOR)).toBe('boolean');
    expect(kindOf(OPERATOR.replace('boolean', 'double'))).toBe('score');
    expect(kindOf(`${HEAD}${CELL}    labels: [a, b]\n`)).toBe('label');
    expect(kindOf(`${HEAD}${CELL}    output_schema: { type: object }\n`)).toBe('json');
    expect(kindOf(`${HEAD}${CELL}    kind: score\n    output_schema: { minimum: -1, maximum: 1 }\n`)).toBe(
      'score',
    );
  });
});

describe('an unknown key', () => {
  it('is named with file, line and the nearest key', () => {
    expect(problemOf(`${HEAD}${CELL}    use_trainning: true\n`)).toBe(
      `${FILE}:5: unknown key "use_trainning" in a cell. Did you mean "use_training"?`,
    );
  });

  it('is named before the missing key that it stands for', () => {
    expect(problemOf(`${HEAD}cells:\n  - name: a\n    instrctions: x\n`)).toBe(
      `${FILE}:4: unknown key "instrctions" in a cell. Did you mean "instructions"?`,
    );
  });

  it.each([
    ['cascade_ids: y\n', ':5: unknown key "cascade_ids" in the cascade. Did you mean "cascade_id"?'],
    ['    takes: { n: 2, reduse: vote }\n', ':5: unknown key "reduse" in takes. Did you mean "reduce"?'],
    ['    wardz: []\n', ':5: unknown key "wardz" in a cell.'],
    ['test_cases:\n  - inputs: { text: a }\n    expct: 1\n', ':7: unknown key "expct" in a test case.'],
  ])('is found at every depth: %j', (yaml, message) => {
    expect(problemOf(HEAD + CELL + yaml)).toContain(FILE + message);
  });

  it('is refused where no code stands behind the key yet', () => {
    expect(problemOf(OPERATOR.replace('  returns: boolean', '  returns: boolean\n  window: 5'))).toContain(
      'unknown key "window" in sql_function',
    );
  });
});

describe('a wrong file', () => {
  it.each([
    ['', ':1: the file holds no cascade'],
    [`${HEAD}cells: [\n`, ':3: '],
    [`${HEAD}${HEAD}${CELL}`, ':2: Map keys must be unique'],
    [HEAD, ':1: the cascade needs the key "cells"'],
    [`${HEAD}cells:\n  - name: a\n`, ':3: a cell has one of "instructions", "sql" and "cascade"'],
    [
      `${HEAD}cells:\n  - name: a\n    instructions: "  "\n`,
      ':4: "instructions" in a cell: a prompt cannot be empty',
    ],
    [`${HEAD}${CELL}    training_limit: many\n`, ':5: "training_limit" in a cell: expected number'],
    [`${HEAD}${CELL}    training_min_confidence: 80\n`, ':5: "training_min_confidence" in a cell: Too big'],
    [`${HEAD}${CELL}  - name: evaluate\n    instructions: x\n`, ':5: two cells are called "evaluate"'],
    [`${HEAD}${CELL}    kind: label\n`, ':5: the kind label needs labels'],
    [`${HEAD}${CELL}    takes: { n: 3, reduce: median }\n`, ':5: a median is of numbers'],
    [`${HEAD}${CELL}    takes: { n: 3, reduce: evaluator }\n`, ':5: "reduce: evaluator" and the prompt'],
    [
      `${HEAD}cells:\n  - name: a\n    instructions: {{ input.text }}\n`,
      ':4: "instructions" in a cell: expected string, received object. A text that begins with { or [ has to be quoted',
    ],
    [
      `${HEAD}${CELL}    output_schema: { type: string, format: nonsense }\n`,
      ':5: output_schema is no JSON schema: unknown format "nonsense"',
    ],
    [`${HEAD}${CELL}    output_schema: { type: objekt }\n`, ':5: output_schema is no JSON schema'],
    [`${HEAD}inputs: 5\n${CELL}`, ':2: "inputs" in the cascade: expected a list of names, or a map'],
  ])('is one line that says where: %j', (yaml, message) => {
    const problem = problemOf(yaml);
    expect(problem).toContain(FILE + message);
    expect(problem).not.toContain('\n');
  });

  it('may use aliases, but not to blow itself up', () => {
    const bomb = Array.from({ length: 12 }, (_, at) =>
      at === 0 ? 'a0: &a0 [x, x]' : `a${at}: &a${at} [*a${at - 1}, *a${at - 1}, *a${at - 1}, *a${at - 1}]`,
    );
    expect(problemOf(bomb.join('\n'))).toContain('alias');
  });
});

describe('a template', () => {
  it.each([
    ['{{ input.txt }}', '{{ input.txt }} names no input of the cascade. Did you mean "text"?'],
    ['{{ input["txt"] | upper }}', '{{ input.txt }} names no input'],
    ['{% if input.text %}{{ outputs.evaluate }}{% endif %}', '{{ outputs.evaluate }} names no earlier cell'],
    ['{{ text }}', '{{ text }} is unknown in a template. Inputs are read as {{ input.text }}'],
    ['{{ input.text', 'the template does not parse'],
  ])('that cannot be rendered is refused: %s', (template, message) => {
    const yaml = `${HEAD}inputs: [text]\ncells:\n  - name: evaluate\n    instructions: ${JSON.stringify(template)}\n`;
    expect(problemOf(yaml)).toContain(`${FILE}:5: ${message}`);
  });

  it('may bind names of its own', () => {
    const template =
      '{% set n = 1 %}{% for w in input.text.split() %}{{ w | default(n) }}{{ loop.index }}{% endfor %}';
    expect(
      load(`${HEAD}cells:\n  - name: a\n    instructions: ${JSON.stringify(template)}\n`).inputs,
    ).toEqual(['text']);
  });

  it('may read the outputs of earlier cells', () => {
    const yaml = `${HEAD}${CELL}  - name: second\n    instructions: "{{ outputs.evaluate }}"\n`;
    expect(load(yaml).cells).toHaveLength(2);
  });
});

describe('an operator pattern', () => {
  it.each([
    ['{{ text }} LIKE {{ criterion }}', "the operator LIKE would hide SQL's own LIKE"],
    ['{{ text }} NOT FITS {{ criterion }}', 'begins with NOT, which a BOOLEAN operator gets by itself'],
    ['{{ text }} ~ {{ criterion }}', 'cannot be spelt'],
    ['{{ text }} SOUNDS RATHER A LOT LIKE {{ criterion }}', 'cannot be spelt'],
    ['{{ text }} FITS {{ criterium }}', 'names no argument with {{ criterium }}. Did you mean "criterion"?'],
    ['FITS {{ criterion }}', 'is not of the form {{ a }} KEYWORD {{ b }}'],
    ['{{ text }} FITS {{ text }}', 'on both sides'],
  ])('that SQL cannot carry is refused: %s', (pattern, message) => {
    const problem = problemOf(OPERATOR.replace('{{ text }}  looks  LIKE {{ criterion }}', pattern));
    expect(problem).toContain(`${FILE}:8: `);
    expect(problem).toContain(message);
  });
});
