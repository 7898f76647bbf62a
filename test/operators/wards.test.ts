import { describe, expect, it } from 'vitest';
import type { Notice } from '../../src/errors.ts';
import type { DatabaseQuery } from '../../src/operators/runner/cell-database.ts';
import { Stage, cascadeOf } from './support/stage.ts';

const withWards = (wards: string, more = '    kind: score\n') =>
  cascadeOf(
    `cascade_id: x\ncells:\n  - name: a\n    instructions: "{{ input.text }}"\n${more}    wards: ${wards}\n`,
  );

/** Answers predicates over `$output` and `$text` as DuckDB would. */
function databaseOf(holds: (query: DatabaseQuery) => boolean) {
  const queries: DatabaseQuery[] = [];
  const rows = async (query: DatabaseQuery) => {
    queries.push(query);
    return [{ passes: holds(query) }];
  };
  return { queries, lent: { database: { rows, nearPairs: async () => [] } } };
}

describe('a ward behind a cell', () => {
  it('asks the model again, with what it has against the answer', async () => {
    const stage = new Stage(['0.9', '0.2']);
    const { queries, lent } = databaseOf(({ values }) => Number(values.output) < 0.5);
    const answer = await stage.run(
      withWards("{ post: [{ sql: '$output < 0.5', message: stay below one half }] }"),
      { text: 'x' },
      { lent },
    );
    expect(answer.value).toBe(0.2);
    expect(stage.script.requests[1]?.messages.at(-1)?.content).toContain('stay below one half');
    expect(queries[0]).toMatchObject({ values: { output: 0.9 } });
    expect(stage.log.records.map(({ error, answerKey }) => [error, answerKey])).toEqual([
      ['ward: stay below one half', ''],
      [null, 'key-1'],
    ]);
  });

  it('fails when the retries are used up', async () => {
    const stage = new Stage(['0.9', '0.8', '0.7']);
    const { lent } = databaseOf(() => false);
    const cascade = withWards(
      "{ post: [{ sql: '$output < 0.5' }] }",
      '    kind: score\n    max_retries: 2\n',
    );
    await expect(stage.run(cascade, { text: 'x' }, { lent })).rejects.toMatchObject({
      code: '22000',
      message: expect.stringContaining('it does not hold that $output < 0.5'),
    });
    expect(stage.script.requests).toHaveLength(3);
  });

  it('that blocks fails at the first answer, and one that advises warns once a statement', async () => {
    const stage = new Stage(['0.9', '0.9', '0.9']);
    const { lent } = databaseOf(() => false);
    await expect(
      stage.run(withWards("{ post: [{ sql: '$output < 0.5', mode: blocking }] }"), { text: 'x' }, { lent }),
    ).rejects.toMatchObject({ code: '23514' });
    const notices: Notice[] = [];
    const { signal } = new AbortController();
    const advised = { signal, lent: { ...lent, notice: (notice: Notice) => void notices.push(notice) } };
    const cascade = withWards("{ post: [{ sql: '$output < 0.5', mode: advisory, message: high }] }");
    expect((await stage.run(cascade, { text: 'x' }, advised)).value).toBe(0.9);
    expect((await stage.run(cascade, { text: 'y' }, advised)).value).toBe(0.9);
    expect(notices).toEqual([{ severity: 'WARNING', code: '01000', message: 'cascade x, cell a: high' }]);
  });

  it('may be a JSON schema, and needs no database then', async () => {
    const stage = new Stage(['[]', '["a"]']);
    const cascade = withWards('{ post: [{ schema: { type: array, minItems: 1 } }] }', '    kind: json\n');
    expect((await stage.run(cascade, { text: 'x' })).value).toEqual(['a']);
    await expect(
      new Stage(['0.9']).run(withWards("{ post: [{ sql: '$output < 1' }] }"), { text: 'x' }),
    ).rejects.toMatchObject({ code: '0A000' });
  });
});

describe('a ward before a cell', () => {
  it('that blocks asks no model', async () => {
    const stage = new Stage(['0.9']);
    const { lent, queries } = databaseOf(({ values }) => String(values.text).length > 1);
    const cascade = withWards("{ pre: [{ sql: 'length($text) > 1' }] }");
    await expect(stage.run(cascade, { text: 'x' }, { lent })).rejects.toMatchObject({ code: '23514' });
    expect(stage.script.requests).toEqual([]);
    expect((await stage.run(cascade, { text: 'xy' }, { lent })).value).toBe(0.9);
    expect(queries.map(({ values }) => values)).toEqual([{ text: 'x' }, { text: 'xy' }]);
  });
});

describe('cells that ask no model', () => {
  const known = (rows: readonly Readonly<Record<string, unknown>>[]) => {
    const queries: DatabaseQuery[] = [];
    const database = {
      rows: async (query: DatabaseQuery) => {
        queries.push(query);
        return rows;
      },
      nearPairs: async () => [],
    };
    return { queries, lent: { database } };
  };

  it('select rows, which the cells behind them read', async () => {
    const stage = new Stage(['oak']);
    const { queries, lent } = known([{ name: 'oak' }, { name: 'elm' }]);
    const cascade = cascadeOf(`
cascade_id: x
inputs: [text]
cells:
  - { name: trees, sql: 'SELECT name FROM trees WHERE name <> $text', max_rows: 7 }
  - { name: choose, instructions: 'One of {{ outputs.trees | tojson }} for {{ input.text }}' }
`);
    expect((await stage.run(cascade, { text: 'x' }, { lent })).value).toBe('oak');
    expect(queries[0]).toMatchObject({ values: { text: 'x' }, maxRows: 7 });
    expect(stage.script.requests[0]?.messages.at(-1)?.content).toContain(
      '[{"name": "oak"}, {"name": "elm"}] for x',
    );
    expect(cascade.readsTables).toBe(true);
  });

  it('give the first value where the function returns no JSON, and refuse one of another kind', async () => {
    const cascade = cascadeOf(`
cascade_id: x
sql_function: { name: x, args: [{ name: text }], returns: DOUBLE }
cells: [{ name: price, sql: 'SELECT price FROM goods WHERE name = $text' }]
`);
    const run = (row: Readonly<Record<string, unknown>>[]) =>
      new Stage([]).run(cascade, { text: 'x' }, known(row));
    expect((await run([{ price: 3 }])).value).toBe(3);
    expect((await run([])).value).toBe(null);
    await expect(run([{ price: 'dear' }])).rejects.toMatchObject({ code: '42804' });
  });

  it('put the outputs that are their context behind the instructions', async () => {
    const stage = new Stage(['first', 'second']);
    const cascade = cascadeOf(`
cascade_id: x
cells:
  - { name: a, instructions: 'Of {{ input.text }}' }
  - { name: b, instructions: 'Go on.', context: [a] }
`);
    await stage.run(cascade, { text: 'x' });
    const said = stage.script.requests[1]?.messages.map(({ content }) => content).join('\n');
    expect(said).toContain('Output of "a":\nfirst');
  });
});
