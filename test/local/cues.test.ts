import { describe, expect, it } from 'vitest';
import { parseConcepts, readConcepts } from '../../src/operators/models/local/concepts.ts';
import { cueNamed } from '../../src/operators/models/local/cues.ts';

const SHOWN: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  question: [
    ['Where is it?', 'did you see my glasses', 'It broke. Can you help?', 'how much'],
    ['I know where it is.', 'What a lovely dress', 'When he came, he sat down.', ''],
  ],
  price: [
    ['$5', 'for 10 euros', '£4.50 each', '20€', 'USD 3, or 4 dollars'],
    ['5 cats', 'a lot of money', 'room 12'],
  ],
  email: [
    ['a.b@c.example', 'mail <x@y.org>'],
    ['at home', 'a@b', '@ada'],
  ],
  phone: [
    ['555-123-4567', '+44 20 7946 0958', '(212) 555 0199', 'Text 07700900123'],
    ['in 1998', '10:45', '2 children', 'order A12345'],
  ],
  link: [
    ['https://a.example/x', 'www.shop.example', 'bit.ly/abc', 'see example.com'],
    ['a.b', 'and/or', 'me@example.com', 'e.g. this'],
  ],
  number: [['12', 'a1'], ['twelve']],
  date: [
    ['2024-05-01', '1.5.2024', 'on May 3', '3rd of june', 'in 1998'],
    ['tomorrow', 'may I', '12 apples'],
  ],
  capitals: [
    ['STOP IT', 'WHY NOT? no'],
    ['Stop', 'NASA launched a rocket', ''],
  ],
  exclamation: [['Hi!'], ['Hi.']],
  emoji: [['fine 🙂', 'ok :)'], ['fine (ok)']],
  code: [
    ['const a = 1;', 'def f(x):', 'x => x + 1'],
    ['Return the jacket.', 'select a colour, please'],
  ],
};

describe('a cue', () => {
  it.each(Object.entries(SHOWN))('%s is seen where it is and nowhere else', (name, [shown, missing]) => {
    const cue = cueNamed(name);
    expect(shown.filter((text) => !cue(text))).toEqual([]);
    expect(missing.filter((text) => cue(text))).toEqual([]);
  });

  it('stays quick on a long text', () => {
    const text = 'a1.'.repeat(100_000) + '1 '.repeat(100_000) + 'x-'.repeat(100_000);
    const start = performance.now();
    for (const name of Object.keys(SHOWN)) cueNamed(name)(text);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('that no name stands for is an error of the concepts', () => {
    expect(() => parseConcepts('names\tfor\tagainst\na\tb\tc\tshape')).toThrow('"shape"');
  });

  it('is named by every shipped concept that letters can show', async () => {
    const cued = (await readConcepts()).filter(({ cue }) => cue !== null);
    expect(cued).toHaveLength(Object.keys(SHOWN).length);
  });
});
