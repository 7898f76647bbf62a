import type { CascadeCall } from '../../../src/operators/runner/cascade-runner.ts';

/** The last word of a text, which the answers are made of. */
const last = (text: unknown): string => String(text).split(' ').at(-1) ?? '';
const number = (text: unknown): number => Number(last(text).replace(/\D/g, '') || 0);
const even = (text: unknown): boolean => number(text) % 2 === 0;
const share = (text: unknown): number => number(text) / 8 + 0.0625;

type Inputs = Readonly<Record<string, unknown>>;

/** Answers known beforehand, by cascade: what a model would have said. */
export const KNOWN: Readonly<Record<string, (inputs: Inputs) => unknown>> = {
  semantic_matches: ({ text, criterion }) => even(text) === (criterion === 'even'),
  semantic_score: ({ text }) => share(text),
  semantic_implies: ({ text, statement }) => even(text) && statement === 's',
  semantic_contradicts: ({ text }) => !even(text),
  semantic_supports: ({ text }) => number(text) > 3,
  semantic_sounds_like: ({ text, other }) => last(text) === last(other),
  semantic_same_as: ({ text, other }) => last(text) === last(other),
  semantic_aligns_with: ({ text }) => number(text) < 3,
  semantic_ask: ({ text, question }) => `${String(question)} ${last(text)}`,
  semantic_extracts: ({ text, what }) => `${String(what)}=${last(text)}`,
  semantic_extract_struct: ({ text }) => ({ name: last(text), n: number(text) }),
  semantic_classify: ({ text, labels }) => (labels as string[])[number(text) % (labels as string[]).length],
  semantic_choice: ({ text, descriptions }) => (descriptions as string[])[number(text) % 3],
  semantic_case: ({ text }) => CASES[number(text) % CASES.length],
  /** Of equal texts alone; see operator-calls.ts. */
  semantic_similarity: ({ text, b }) => last(text) === last(b),
  semantic_pairs_with: ({ text, b }) => last(text) === last(b),
  semantic_bucket: ({ text, labels }) => (labels as string[])[number(text) % (labels as string[]).length],
  semantic_sentiment: ({ text }) => share(text) - 0.5,
  semantic_condense: ({ text, words }) => `${last(text)} in ${String(words)}`,
  semantic_tldr: ({ text }) => `short ${last(text)}`,
  semantic_formalize: ({ text }) => `Dear ${last(text)}`,
  semantic_anonymize: ({ text }) => `[NAME] ${last(text)}`,
  semantic_translate: ({ text, language }) => `${String(language)}: ${last(text)}`,
  semantic_normalize: ({ text }) => last(text).toUpperCase(),
  semantic_fix: ({ text }) => `fixed ${last(text)}`,
  semantic_valid: ({ text }) => number(text) !== 5,
  semantic_quality: ({ text }) => share(text),
  semantic_parse_name: ({ text }) => ({
    title: null,
    given: last(text),
    middle: null,
    family: 'F',
    suffix: null,
  }),
  semantic_parse_address: ({ text }) => ({
    street: last(text),
    house_number: '1',
    unit: null,
    postcode: null,
    city: null,
    region: null,
    country: 'FR',
  }),
  semantic_parse_phone: ({ text }) => ({ e164: `+33${number(text)}`, country: 'FR', extension: null }),
  semantic_parse_date: ({ text }) => ({
    date: `2021-03-0${number(text) + 1}`,
    year: 2021,
    month: 3,
    day: number(text) + 1,
    precision: 'day',
  }),
  semantic_parse_quantity: ({ text }) => ({ amount: number(text) + 0.5, unit: 'kg', currency: null }),
};

/** What SEMANTIC_CASE gives, told by what semantic_choice chooses. */
const CASES = ['is a', 'is b', 'neither'];

/** The inputs beside the text with which the operators are called. */
export const OTHER_INPUTS: Readonly<Record<string, Inputs>> = {
  semantic_matches: { criterion: 'even' },
  semantic_score: { criterion: 'c' },
  semantic_implies: { statement: 's' },
  semantic_contradicts: { statement: 's' },
  semantic_supports: { claim: 's' },
  semantic_sounds_like: { other: 'text 3' },
  semantic_same_as: { other: 'a 3' },
  semantic_pairs_with: { b: 'text 3' },
  semantic_similarity: { b: 'text 3' },
  semantic_aligns_with: { policy: 'p' },
  semantic_ask: { question: 'who?' },
  semantic_extracts: { what: 'n' },
  semantic_extract_struct: { structure: '{"name": "VARCHAR", "n": "INTEGER"}' },
  semantic_choice: { descriptions: ['a', 'b', 'none of these'] },
  semantic_classify: { labels: ['red', 'green', 'blue'] },
  semantic_bucket: { labels: ['small', 'large'] },
  semantic_condense: { words: 7 },
  semantic_translate: { language: 'German' },
  semantic_normalize: { form: 'code' },
  semantic_valid: { kind: "a maker's name" },
};

export function knownAnswer({ cascade, inputs }: CascadeCall): unknown {
  const answer = KNOWN[cascade.cascadeId];
  if (answer === undefined) throw new Error(`no answer is known for ${cascade.cascadeId}`);
  return answer(inputs);
}
