import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadStaticEmbedder } from '../../src/operators/models/local/static-embedder.ts';
import { exportExamples } from '../../src/training/export-examples.ts';
import { importExamples } from '../../src/training/import-examples.ts';
import { Redaction } from '../../src/training/redaction.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../src/training/training-settings.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import type { CellIdentity } from '../../src/training/training.ts';
import { callRecord } from './support/call-record.ts';
import { temporaryStore } from './support/temporary-store.ts';
import type { TemporaryStore } from './support/temporary-store.ts';

let home: TemporaryStore;
let training: TrainingSystem;
const ON = { ...DEFAULT_TRAINING_SETTINGS, useTraining: true, strategy: 'semantic' };

beforeAll(async () => {
  home = await temporaryStore();
  training = new TrainingSystem(home.store, {
    warn: () => undefined,
    embedder: await loadStaticEmbedder(),
    redaction: Redaction.of(['email', 'phone', 'ACME-\\d+']),
    patienceMs: 10_000,
  });
});

afterAll(async () => {
  await training.log.close();
  await training.embeddings?.settled();
  await home.dispose();
});

function cellOf(cascadeId: string, fingerprint = 'fp-1'): CellIdentity {
  const canonical = (output: string) => (/^(true|false)$/i.test(output) ? output.toLowerCase() : null);
  return {
    cascadeId,
    cellName: 'evaluate',
    fingerprint,
    criterionArg: null,
    outputs: { labels: true, canonical },
  };
}

async function logged(cascadeId: string, traceId: string, text: string, output = 'true'): Promise<void> {
  const inputs = JSON.stringify({ text });
  training.log.append(callRecord({ traceId, cascadeId, inputs, output }));
  await training.markAsTrainable([traceId]);
}

async function picked(cell: CellIdentity, text: string): Promise<readonly unknown[]> {
  const pool = await training.pools.pool(cell, ON);
  const row = { text };
  await pool.prepare?.([row]);
  return pool.pick(row).map(({ inputs }) => inputs.text);
}

async function exported(cascadeId: string, format: string): Promise<readonly unknown[]> {
  const prompt = (_cascade: string, _cell: string, inputs: object) => [
    { role: 'user', content: JSON.stringify(inputs) },
  ];
  const lines: unknown[] = [];
  const parts = { store: home.store, redaction: training.redaction, prompt };
  for await (const line of exportExamples(parts, { format, cascadeId })) lines.push(JSON.parse(line));
  return lines;
}

test.each([
  ['write to ann.lee+x@mail.example.co.uk now', 'write to [email] now'],
  ['call +49 (0)30 1234-5678 or 555-123-4567!', 'call [phone] or [phone]!'],
  ['order 4711 of 2024-01-02 costs 12.50', 'order 4711 of 2024-01-02 costs 12.50'],
  ['ticket ACME-77', 'ticket [redacted]'],
])('redaction makes of %j %j', (text, left) => {
  expect(training.redaction.text(text)).toBe(left);
});

test('prompts and embeddings see redacted texts only, and what nothing is left of is no example', async () => {
  await logged('redacted', 'r1', 'mail bob@example.com about the bamboo');
  await logged('redacted', 'r2', 'eve@example.com');
  expect(await picked(cellOf('redacted'), 'bamboo mail')).toEqual(['mail [email] about the bamboo']);
  await training.embeddings?.settled();
  const hashes = await home.store.query(
    'tables',
    `SELECT count() AS kept FROM rvbbit.embeddings
     WHERE text_hash = lower(hex(substring(SHA256('mail bob@example.com about the bamboo'), 1, 16)))`,
  );
  expect(hashes).toEqual([{ kept: 0 }]);
});

test('a rule that is no expression is refused with the rule named', () => {
  expect(() => Redaction.of(['('])).toThrow('the redaction rule "(" is no regular expression');
});

test('exports are redacted, in the three formats', async () => {
  await logged('out', 'o1', 'bamboo of bob@example.com');
  await logged('out', 'o2', 'plastic', 'true');
  await training.markAsTrainable(['o2'], {
    correction: 'false',
    notes: 'ask bob@example.com',
    confidence: 0.9,
  });
  expect(await exported('out', 'jsonl')).toEqual([
    expect.objectContaining({ trace_id: 'o1', inputs: { text: 'bamboo of [email]' }, output: 'true' }),
    expect.objectContaining({ trace_id: 'o2', output: 'false', confidence: 0.9, notes: 'ask [email]' }),
  ]);
  expect(await exported('out', 'openai')).toEqual([
    {
      messages: [
        { role: 'user', content: '{"text":"bamboo of [email]"}' },
        { role: 'assistant', content: 'true' },
      ],
    },
    expect.objectContaining({}),
  ]);
  expect(await exported('out', 'dpo')).toEqual([
    {
      input: { messages: [{ role: 'user', content: '{"text":"plastic"}' }] },
      preferred_output: [{ role: 'assistant', content: 'false' }],
      non_preferred_output: [{ role: 'assistant', content: 'true' }],
    },
  ]);
  await expect(exported('out', 'csv')).rejects.toMatchObject({ code: '22023' });
});

test('an import makes examples of lines, and what it took is exported again', async () => {
  const line = (text: string, output: unknown) =>
    JSON.stringify({ cascade_id: 'in', cell_name: 'evaluate', inputs: { text }, output });
  const identityOf = (cascadeId: string) => cellOf(cascadeId);
  expect(
    await importExamples({ training, identityOf }, [line('bamboo', 'TRUE'), '', line('plastic', false)]),
  ).toBe(2);
  const lines = await exported('in', 'jsonl');
  expect(lines).toMatchObject([
    { inputs: { text: 'bamboo' }, output: 'true' },
    { inputs: { text: 'plastic' }, output: 'false' },
  ]);
  const again = lines.map((one) => JSON.stringify(one));
  expect(await importExamples({ training, identityOf }, again)).toBe(2);
  expect(await exported('in', 'jsonl')).toHaveLength(2);
});

test('an import with a wrong line names it and takes nothing', async () => {
  const good = { cascade_id: 'bad', cell_name: 'evaluate', inputs: { text: 'x' }, output: 'true' };
  const lines = [JSON.stringify(good), JSON.stringify({ ...good, output: 'maybe' })];
  const identityOf = (cascadeId: string) => cellOf(cascadeId);
  await expect(importExamples({ training, identityOf }, lines)).rejects.toMatchObject({
    code: '22P02',
    message: 'line 2: the cell bad.evaluate cannot give "maybe"',
  });
  expect(await exported('bad', 'jsonl')).toEqual([]);
});

test('revalidated marks of a former prompt teach again where the output is still valid, and stay so when marked anew', async () => {
  await logged('stale', 's1', 'bamboo');
  await logged('stale', 's2', 'hemp', 'perhaps');
  const cell = cellOf('stale', 'fp-2');
  expect(await training.pools.countStale(cell)).toBe(2);
  expect(await training.revalidate(cell)).toEqual({ restored: 1, refused: ['s2'] });
  expect(await picked(cell, 'bamboo')).toEqual(['bamboo']);
  await training.markAsTrainable(['s1'], { notes: 'still good' });
  expect(await picked(cell, 'bamboo')).toEqual(['bamboo']);
  expect(await training.pools.countStale(cell)).toBe(1);
});

test('a deleted call is gone from examples, verified answers, embeddings, exports and the history at once', async () => {
  await logged('gone', 'g1', 'bamboo forest');
  await logged('gone', 'g2', 'bamboo grove');
  await training.markAsTrainable(['g1'], { verified: true });
  const cell = cellOf('gone');
  expect(await picked(cell, 'bamboo')).toContain('bamboo forest');
  expect((await training.pools.verifiedAnswers(cell)).byInputs.size).toBe(1);
  let told = 0;
  training.onDeletion(() => (told += 1));
  await training.deleteCalls(['g1']);
  expect(told).toBe(1);
  expect(await picked(cell, 'bamboo')).toEqual(['bamboo grove']);
  expect((await training.pools.verifiedAnswers(cell)).byInputs.size).toBe(0);
  expect(await exported('gone', 'jsonl')).toHaveLength(1);
  const left = await home.store.query(
    'tables',
    `SELECT (SELECT count() FROM rvbbit.unified_logs WHERE trace_id = 'g1') AS logged,
            (SELECT count() FROM rvbbit.training_annotation_history WHERE trace_id = 'g1') AS history,
            (SELECT count() FROM rvbbit.embeddings
             WHERE text_hash = lower(hex(substring(SHA256('bamboo forest'), 1, 16)))) AS vectors`,
  );
  expect(left).toEqual([{ logged: 0, history: 0, vectors: 0 }]);
});
