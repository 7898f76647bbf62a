import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalProvider } from '../../src/operators/models/local.ts';
import { ShippedEmbedder } from '../../src/operators/models/local/shipped-embedder.ts';
import type { ModelProvider, ModelReply } from '../../src/operators/models/model-provider.ts';
import { OpenAiProvider } from '../../src/operators/models/openai.ts';
import { ScriptFiles } from '../../src/operators/models/script-files.ts';
import { ScriptedProvider } from '../../src/operators/models/scripted.ts';
import { meansRequest } from '../support/model-request.ts';
import { OpenAiStub } from '../support/openai-stub.ts';

const request = meansRequest('bamboo', 'bamboo');

/** What every provider owes its callers, whatever it answers from. Each of these answers `true` to `request`. */
describe.each(['openai', 'local', 'scripted by a function', 'scripted by a file'])(
  'the provider %s',
  (kind) => {
    let stub: OpenAiStub;
    let folder: string;
    let model: string;
    let provider: ModelProvider;

    beforeAll(async () => {
      stub = await OpenAiStub.start();
      folder = await mkdtemp(join(tmpdir(), 'rvbbit-'));
      const file = join(folder, 'replies.yaml');
      await writeFile(file, '- { match: bamboo, reply: true }\n');
      model = kind.endsWith('file') ? file : 'gpt-4.1-mini';
      provider = make(kind, stub);
    });

    afterAll(async () => {
      await provider.close();
      await stub.close();
      await rm(folder, { recursive: true });
    });

    const ask = (signal = new AbortController().signal): Promise<ModelReply> =>
      provider.complete({ ...request, model }, signal);

    it('has a name without a slash', () => {
      expect(provider.name).toMatch(/^[a-z]+$/);
    });

    it('answers a call with text, finish, counts and what the log needs', async () => {
      const reply = await ask();
      expect(reply).toMatchObject({ text: 'true', finish: 'stop', retries: 0 });
      for (const count of [reply.tokensIn, reply.tokensOut, reply.tokensCached])
        expect(count).toBeGreaterThanOrEqual(0);
      expect(reply.model).not.toBe('');
      expect(JSON.parse(JSON.stringify(reply.request))).toEqual(expect.any(Object));
      expect(JSON.parse(JSON.stringify(reply.response))).toEqual(expect.any(Object));
    });

    it('answers calls side by side', async () => {
      const replies = await Promise.all(Array.from({ length: 25 }, () => ask()));
      expect(replies.map(({ text }) => text)).toEqual(Array.from({ length: 25 }, () => 'true'));
    });

    it('rejects a call whose signal is aborted with 57014', async () => {
      await expect(ask(AbortSignal.abort())).rejects.toMatchObject({ code: '57014' });
    });
  },
);

function make(kind: string, stub: OpenAiStub): ModelProvider {
  switch (kind) {
    case 'openai':
      return new OpenAiProvider({ apiKey: null, baseUrl: stub.baseUrl, prices: new Map() });
    case 'local':
      return new LocalProvider(new ShippedEmbedder());
    case 'scripted by a function':
      return new ScriptedProvider(() => 'true');
    default:
      return new ScriptFiles();
  }
}
