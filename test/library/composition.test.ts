import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OpenAiStub } from '../support/openai-stub.ts';
import { type Server, Servers, type TestClient } from '../acceptance/server-fixture.ts';

const servers = new Servers();
let stub: OpenAiStub;
let server: Server;
let sql: TestClient;

beforeAll(async () => {
  stub = await OpenAiStub.start(() => 'unset');
  server = await servers.open({
    RVBBIT_MODEL: 'openai/stub',
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: stub.baseUrl,
  });
  sql = await server.connect();
  await sql.rows("CREATE TABLE shelf AS SELECT * FROM (VALUES ('oak', 3), ('elm', 5)) v(tree, price)");
}, 60_000);

afterAll(async () => {
  await servers.close();
  await stub.close();
});

afterEach(() => {
  stub.requests.length = 0;
});

const create = (yaml: string) => sql.rows(`CREATE CASCADE AS $$${yaml}$$`);

describe('a cascade of several kinds of cells', () => {
  it('reads a table, asks a model about its rows, and is asked anew when the table changes', async () => {
    await create(`
cascade_id: pick
sql_function: { name: pick, description: Picks a tree of the shelf., args: [{ name: text }], returns: VARCHAR }
cells:
  - { name: trees, sql: 'SELECT tree, price FROM shelf WHERE tree <> $text ORDER BY tree' }
  - name: choose
    instructions: |
      Choose one of {{ outputs.trees | map(attribute="tree") | join(", ") }}.

      For: {{ input.text }}
    wards:
      post: [{ sql: '$output IN (SELECT tree FROM shelf)', message: it is on no shelf }]
`);
    const replies = ['fir', 'oak'];
    stub.answer = () => replies.shift() ?? 'ash';
    expect(await sql.rows("SELECT pick('elm') AS tree")).toEqual([{ tree: 'oak' }]);
    expect(stub.requests).toHaveLength(2);
    expect(stub.requests[1]?.prompt).toContain('it is on no shelf');
    await sql.rows("INSERT INTO shelf VALUES ('ash', 9)");
    expect(await sql.rows("SELECT pick('elm') AS tree")).toEqual([{ tree: 'ash' }]);
    expect(stub.requests[2]?.prompt).toContain('Choose one of ash, oak.');
  });

  it('calls another cascade, whose answers are known from then on and whose change is a change of its own', async () => {
    const inner = (word: string) => `
cascade_id: shout
sql_function: { name: shout, description: Says it louder., args: [{ name: text }], returns: VARCHAR }
cells: [{ name: say, instructions: '${word} {{ input.text }}' }]
`;
    await create(inner('Shout:'));
    await create(`
cascade_id: twice
sql_function: { name: twice, description: Shouts twice., args: [{ name: text }], returns: VARCHAR }
cells:
  - { name: first, cascade: shout, inputs: { text: '{{ input.text }}' } }
  - { name: second, cascade: shout, inputs: { text: '{{ outputs.first }}!' } }
`);
    stub.answer = ({ prompt }) => (/: ?(.*)$/.exec(prompt)?.[1] ?? '').toUpperCase();
    expect(await sql.rows("SELECT twice('hey') AS t")).toEqual([{ t: 'HEY!' }]);
    expect(stub.requests).toHaveLength(2);
    expect(await sql.rows("SELECT shout('hey') AS t")).toEqual([{ t: 'HEY' }]);
    expect(stub.requests).toHaveLength(2);
    await create(inner('Louder:'));
    expect(await sql.rows("SELECT twice('hey') AS t")).toEqual([{ t: 'HEY!' }]);
    expect(stub.requests).toHaveLength(4);
    await expect(sql.rows('DROP CASCADE shout')).rejects.toMatchObject({
      code: '42P13',
      message: expect.stringContaining('"shout", which is not loaded'),
    });
  });

  it('refuses cascades that call one another without end, and SQL that reads a name it has not', async () => {
    await expect(
      create('cascade_id: loop\ninputs: [text]\ncells: [{ name: a, cascade: loop, inputs: { text: x } }]'),
    ).rejects.toMatchObject({ code: '42P13', message: expect.stringContaining('loop → loop') });
    await expect(
      create("cascade_id: y\ninputs: [text]\ncells: [{ name: a, sql: 'SELECT $txt' }]"),
    ).rejects.toMatchObject({ code: '42P13', message: expect.stringContaining('Did you mean "text"') });
  });

  it('can read no file, and change nothing', async () => {
    const cell = (query: string) =>
      create(`
cascade_id: sly
sql_function: { name: sly, description: Reads what it should not., args: [{ name: text }], returns: VARCHAR }
cells: [{ name: a, sql: "${query}" }]
`);
    await cell("SELECT content FROM read_text('/etc/hostname')");
    await expect(sql.rows("SELECT sly('x')")).rejects.toMatchObject({ code: '42501' });
    await cell('DELETE FROM shelf RETURNING tree');
    await expect(sql.rows("SELECT sly('x')")).rejects.toMatchObject({ code: '42501' });
    expect(await sql.rows("SELECT rvbbit_run('sly', {'text': 'x'})").catch(({ code }) => code)).toBe('42501');
  });

  it('stops at a ward before it costs anything, or gives NULL where the session wants it', async () => {
    await create(`
cascade_id: careful
sql_function: { name: careful, description: Says what is short., args: [{ name: text }], returns: VARCHAR }
cells:
  - name: say
    instructions: 'Say {{ input.text }}'
    wards: { pre: [{ sql: 'length($text) < 5', message: the text is too long }] }
`);
    stub.answer = () => 'said';
    await expect(sql.rows("SELECT careful('much too long')")).rejects.toMatchObject({ code: '23514' });
    expect(stub.requests).toEqual([]);
    await sql.rows("SET rvbbit.on_error = 'null'");
    const asked = "SELECT x, careful(x) AS c FROM (VALUES ('long text'), ('ok')) v(x) ORDER BY x";
    expect(await sql.rows(asked)).toEqual([
      { x: 'long text', c: null },
      { x: 'ok', c: 'said' },
    ]);
    await sql.rows('RESET rvbbit.on_error');
  });
});
