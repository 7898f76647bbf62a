import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED_MODEL } from '../../src/operators/models/local/model-file.ts';
import { ShippedEmbedder } from '../../src/operators/models/local/shipped-embedder.ts';
import { loadStaticEmbedder } from '../../src/operators/models/local/static-embedder.ts';
import type { StaticEmbedder } from '../../src/operators/models/local/static-embedder.ts';
import { dot } from '../../src/operators/models/vectors.ts';

let embedder: StaticEmbedder;
let folder: string;

beforeAll(async () => {
  embedder = await loadStaticEmbedder();
  folder = await mkdtemp(join(tmpdir(), 'rvbbit-'));
});

afterAll(() => rm(folder, { recursive: true }));

function likeness(a: string, b: string): number {
  return dot(embedder.embedNow(a), embedder.embedNow(b));
}

describe('the static embedder', () => {
  it('gives one vector of length 1 a text, in the order of the texts', async () => {
    const texts = Array.from({ length: 700 }, (_, at) => `text number ${at}`);
    const vectors = await embedder.embed(texts);
    expect(vectors).toHaveLength(700);
    for (const [at, vector] of vectors.entries()) {
      expect(vector).toHaveLength(embedder.dimensions);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
      expect(vector).toEqual(embedder.embedNow(texts[at] ?? ''));
    }
  });

  it('puts texts of one meaning nearer than texts that share words', () => {
    expect(likeness('the doctor treated the patient', 'a physician cured a sick man')).toBeGreaterThan(
      likeness('the doctor treated the patient', 'the mechanic repaired the truck'),
    );
    expect(likeness('refund', 'money back')).toBeGreaterThan(likeness('refund', 'parcel'));
  });

  it('takes upper case, accents and white space as no difference', () => {
    expect(embedder.embedNow('  Crème   BRÛLÉE ')).toEqual(embedder.embedNow('creme brulee'));
  });

  it('turns round what a negation reaches, and nothing past a "but" or a comma', () => {
    const side = (text: string): number => likeness(text, 'it is wonderful') - likeness(text, 'it is awful');
    expect(side('it was good')).toBeGreaterThan(side('it was not good') + 0.1);
    expect(side("it isn't bad")).toBeGreaterThan(side('it is bad') + 0.1);
    expect(likeness('not cheap but good', 'not cheap')).toBeLessThan(0.99);
    expect(likeness('no, it is good', 'it is good')).toBeGreaterThan(
      likeness('it is not good', 'it is good'),
    );
  });

  it('gives zeros for a text without a known word', () => {
    for (const text of ['', ' \n', '日本語']) {
      expect(embedder.embedNow(text).every((value) => value === 0)).toBe(true);
    }
  });

  it('takes a text of a million characters', () => {
    const vector = embedder.embedNow('bamboo toothbrush '.repeat(60_000));
    expect(dot(vector, embedder.embedNow('bamboo toothbrush'))).toBeCloseTo(1, 4);
  });

  it('fits in 12 MB, vocabulary included', async () => {
    expect((await stat(SHIPPED_MODEL)).size).toBeLessThan(12_000_000);
  });

  it('is what its name and dimensions promise before it is loaded', async () => {
    const shipped = new ShippedEmbedder();
    expect([shipped.name, shipped.dimensions]).toEqual([embedder.name, embedder.dimensions]);
    const [vector] = await shipped.embed(['bamboo']);
    expect(vector).toEqual(embedder.embedNow('bamboo'));
    await shipped.close();
  });
});

describe('a model file', () => {
  it('that is not there is named in the error', async () => {
    await expect(loadStaticEmbedder(join(folder, 'none.bin'))).rejects.toMatchObject({
      code: '58P01',
      message: expect.stringContaining('none.bin'),
      hint: expect.stringContaining('RVBBIT_MODEL'),
    });
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
    ['cut in its head', (bytes: Buffer) => bytes.subarray(0, 40)],
    ['empty', () => Buffer.alloc(0)],
    ['of another format', (bytes: Buffer) => Buffer.concat([Buffer.from('ONNX'), bytes])],
    [
      'with a head of other dimensions',
      (bytes: Buffer) => withHead(bytes, '"dimensions": 256', '"dimensions": 128'),
    ],
  ])('that is %s is refused as damaged', async (_, spoil) => {
    const file = join(folder, 'spoilt.bin');
    await writeFile(file, spoil(await readFile(SHIPPED_MODEL)));
    await expect(loadStaticEmbedder(file)).rejects.toMatchObject({ code: 'XX001' });
  });
});

function withHead(bytes: Buffer, from: string, to: string): Buffer {
  const at = bytes.indexOf(from);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(to), bytes.subarray(at + from.length)]);
}
