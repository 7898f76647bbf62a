import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { openServer, type RunningServer } from '../../src/cli/open-server.ts';
import { readConfig } from '../../src/config.ts';

const YAML = `
cascade_id: mood
description: Whether a text is about a mood.
sql_function:
  name: mood
  description: Whether a text is about a mood.
  args: [{ name: text }, { name: criterion, default: happy }]
  returns: BOOLEAN
  operators: ['{{ text }} FEELS {{ criterion }}']
cells:
  - { name: judge, instructions: 'Does it feel {{ input.criterion }}? {{ input.text }}' }
`;

let data: string;
let server: RunningServer;
let client: pg.Client;

const start = async (): Promise<void> => {
  const config = readConfig({ RVBBIT_MODEL: 'local' }, { data, sqlPort: '0' });
  server = await openServer(config, pino({ level: 'silent' }), { http: false });
  client = new pg.Client({ host: '127.0.0.1', port: server.sqlPort, user: 'u', database: 'default' });
  await client.connect();
};
const stop = async (): Promise<void> => {
  await client.end();
  await server.close();
};

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'rvbbit-cascades-'));
  await start();
}, 60_000);

afterAll(async () => {
  await stop();
  await rm(data, { recursive: true, force: true });
});

const rows = async (sql: string): Promise<readonly unknown[]> => (await client.query(sql)).rows;

describe('cascades from SQL', () => {
  it('are made, used at once, shown, and there after a restart', async () => {
    expect(await rows(`CREATE CASCADE mood AS $$${YAML}$$`)).toEqual([{ cascade_id: 'mood' }]);
    const known = (await rows('SHOW CASCADES')) as { cascade_id: string }[];
    expect(known.some(({ cascade_id: id }) => id === 'mood')).toBe(true);
    expect(await rows("SELECT 'what a joyful day' FEELS 'joyful' AS feels")).toEqual([{ feels: true }]);
    await stop();
    await start();
    expect(await rows("SELECT mood('what a joyful day', 'joyful') AS feels")).toEqual([{ feels: true }]);
  }, 60_000);

  it('are refused where they are wrong, and then nothing has changed', async () => {
    await expect(rows('CREATE CASCADE AS $$cascade_id: x$$')).rejects.toMatchObject({ code: '42P13' });
    const clash = YAML.replace('cascade_id: mood', 'cascade_id: other');
    await expect(rows(`CREATE CASCADE AS $$${clash}$$`)).rejects.toMatchObject({
      code: '42P13',
      message: expect.stringContaining('defined twice'),
    });
    const builtIn = YAML.replace('name: mood', 'name: lower').replace(/ {2}operators.*\n/, '');
    await expect(
      rows(
        `CREATE CASCADE AS $$${builtIn.replace(', { name: criterion, default: happy }', '').replace('{{ input.criterion }}', '')}$$`,
      ),
    ).rejects.toMatchObject({
      code: '42P13',
    });
    expect(await readdir(join(data, 'cascades'))).toEqual(['mood.cascade.yaml']);
    expect(await rows("SELECT mood('what a joyful day', 'joyful') AS feels")).toEqual([{ feels: true }]);
  });

  it('are dropped, and only those that SQL made', async () => {
    await expect(rows('DROP CASCADE semantic_matches')).rejects.toMatchObject({ code: '42704' });
    expect(await rows('DROP CASCADE mood')).toEqual([{ cascade_id: 'mood' }]);
    await expect(rows("SELECT mood('a')")).rejects.toBeDefined();
    expect(await rows('SELECT rvbbit_reload() AS r')).toEqual([
      { r: expect.stringMatching(/^\d+ cascades$/) },
    ]);
  });

  it('work for every operator at once: embeddings, aggregates, searches, and a clear refusal of what needs a language model', async () => {
    await rows(
      "CREATE TABLE notes AS SELECT * FROM (VALUES (1, 'bamboo toothbrush'), (2, 'electric drill')) v(id, body)",
    );
    expect(await rows("SELECT id FROM vector_search('toothbrush', notes.body, 1)")).toEqual([{ id: 1 }]);
    expect(await rows("SELECT id FROM notes ORDER BY body SIMILAR_TO 'drill' DESC LIMIT 1")).toEqual([
      { id: 2 },
    ]);
    expect(
      await rows('SELECT count(*)::int AS n FROM (SELECT topics(body, 1) AS t FROM notes GROUP BY t) g'),
    ).toEqual([{ n: 1 }]);
    const [summary] = (await rows('SELECT SUMMARIZE(body) FILTER (WHERE id = 2) AS s FROM notes')) as {
      s: string;
    }[];
    expect(summary?.s).toContain('electric drill');
    await expect(rows("SELECT translate(body, 'German') FROM notes")).rejects.toMatchObject({
      code: '0A000',
      hint: expect.stringContaining('OPENAI_API_KEY'),
    });
    await expect(rows("-- @ model: nobody/x\nSELECT body MEANS 'wooden' FROM notes")).rejects.toMatchObject({
      code: '42704',
    });
    expect(await rows("SELECT translate('abc', 'ab', 'xy') AS t")).toEqual([{ t: 'xyc' }]);
  });
});
