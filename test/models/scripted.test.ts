import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqlError } from '../../src/errors.ts';
import { ScriptFiles } from '../../src/operators/models/script-files.ts';
import { ScriptedProvider } from '../../src/operators/models/scripted.ts';
import { meansRequest } from '../support/model-request.ts';

const forever = new AbortController().signal;

describe('a script of a function', () => {
  it('gets the request and its number, and may answer later', async () => {
    const scripted = new ScriptedProvider(async ({ task }, index) => `${String(task.inputs.text)} ${index}`);
    const replies = await Promise.all(
      ['a', 'b'].map((text) => scripted.complete(meansRequest(text, 'c'), forever)),
    );
    expect(replies.map(({ text }) => text)).toEqual(['a 0', 'b 1']);
    expect(scripted.calls.map(({ task }) => task.inputs.text)).toEqual(['a', 'b']);
  });

  it('replaces any field of the reply', async () => {
    const scripted = new ScriptedProvider(() => ({
      text: 'tr',
      finish: 'length',
      tokensIn: 7,
      costUsd: 0.5,
    }));
    const reply = await scripted.complete(meansRequest('a', 'b'), forever);
    expect(reply).toMatchObject({ text: 'tr', finish: 'length', tokensIn: 7, costUsd: 0.5 });
  });

  it('fails where it returns an error, and where the next replies are set to', async () => {
    const scripted = new ScriptedProvider(() => new SqlError('08006', 'no answer'));
    scripted.replyNext(new SqlError('53400', 'too fast'), 'true');
    await expect(scripted.complete(meansRequest('a', 'b'), forever)).rejects.toMatchObject({ code: '53400' });
    expect((await scripted.complete(meansRequest('a', 'b'), forever)).text).toBe('true');
    await expect(scripted.complete(meansRequest('a', 'b'), forever)).rejects.toMatchObject({ code: '08006' });
    expect(scripted.calls).toHaveLength(3);
  });

  it('takes its time, counts the calls in flight and ends them on abort', async () => {
    const scripted = new ScriptedProvider(() => 'true', { latencyMs: 10_000 });
    const stop = new AbortController();
    const calls = [1, 2, 3].map(() => scripted.complete(meansRequest('a', 'b'), stop.signal));
    expect(scripted.inFlight).toBe(3);
    stop.abort();
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: '57014' });
    expect(scripted.inFlight).toBe(0);
    expect(scripted.peakInFlight).toBe(3);
  });
});

describe('a script of rules', () => {
  it('answers by the first rule that fits the prompt or the inputs', async () => {
    const scripted = new ScriptedProvider([
      { match: { text: 'bamboo', criterion: 'eco' }, reply: 'true' },
      { match: /Text: bamboo/, reply: 'false' },
      { match: { criterion: 'broken' }, reply: new SqlError('08006', 'no answer') },
    ]);
    expect((await scripted.complete(meansRequest('bamboo', 'eco'), forever)).text).toBe('true');
    expect((await scripted.complete(meansRequest('bamboo', 'cheap'), forever)).text).toBe('false');
    await expect(scripted.complete(meansRequest('x', 'broken'), forever)).rejects.toMatchObject({
      code: '08006',
    });
  });

  it('fails for a call that no rule fits, and says which', async () => {
    const scripted = new ScriptedProvider([]);
    await expect(scripted.complete(meansRequest('bamboo', 'eco'), forever)).rejects.toMatchObject({
      code: '38000',
      message: 'no rule of the script fits semantic_matches {"text":"bamboo","criterion":"eco"}',
    });
  });
});

describe('a script of a file', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rvbbit-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function written(text: string): Promise<string> {
    const file = join(folder, 'replies.yaml');
    await writeFile(file, text);
    return file;
  }

  it('replays texts as they are and everything else as JSON', async () => {
    const model = await written(
      '- { match: { text: a }, reply: yes it is }\n- { match: { text: b }, reply: true }\n- { match: ".", reply: { n: 1 } }\n',
    );
    const files = new ScriptFiles();
    const replies = await Promise.all(
      ['a', 'b', 'c'].map((text) => files.complete(meansRequest(text, 'x', { model }), forever)),
    );
    expect(replies.map(({ text }) => text)).toEqual(['yes it is', 'true', '{"n":1}']);
  });

  it('that is missing or broken is an error that names it, and is read again', async () => {
    const files = new ScriptFiles();
    const model = join(folder, 'replies.yaml');
    const ask = (): Promise<unknown> => files.complete(meansRequest('a', 'b', { model }), forever);
    await expect(ask()).rejects.toMatchObject({ code: '58P01', message: expect.stringContaining(model) });
    await written('- { macht: a, reply: b }');
    await expect(ask()).rejects.toMatchObject({ code: '22023', message: expect.stringContaining(model) });
    await written('- { match: "(", reply: b }');
    await expect(ask()).rejects.toMatchObject({ code: '22023' });
    await written('- { match: ".", reply: b }');
    await expect(ask()).resolves.toMatchObject({ text: 'b' });
  });
});
