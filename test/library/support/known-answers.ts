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
  /** Of the topics that a discovery names, see `knownAnswer`. */
  semantic_topics: ({ text }) => TOPICS[number(text) % TOPICS.length],
  /** No two of the table's texts are the same. */
  semantic_canonical: ({ text }) => text,
  semantic_facet: ({ text, texts }) => TOPICS[number(text ?? texts) % TOPICS.length],
  semantic_answers: ({ text }) => number(text) > 1,
  semantic_claims: ({ text }) => [`it is ${last(text)}`],
  semantic_country_of: ({ text }) => `F${last(text)}`,
  semantic_emotion: ({ text }) => (even(text) ? 'joy' : 'anger'),
  semantic_intent: ({ text }) => (even(text) ? 'question' : 'request'),
  semantic_keywords: ({ text, n }) => [last(text), String(n)],
  semantic_language_of: ({ text }) => (even(text) ? 'de' : 'en'),
  semantic_pii_kinds: ({ text }) => (even(text) ? ['name', 'phone'] : []),
  semantic_prompt: ({ instruction, text }) => `${String(text)}: ${last(instruction)}`,
  semantic_redact: ({ text, what }) => `${last(text)} without ${String(what)}`,
  semantic_rewrite: ({ text, instruction }) => `${last(text)} ${String(instruction)}`,
  semantic_stance: ({ text }) => (even(text) ? 'for' : 'against'),
  semantic_tags: ({ text, labels }) => (labels as string[]).slice(number(text) % 3),
  semantic_title_of: ({ text }) => `On ${last(text)}`,
  semantic_toxicity: ({ text }) => share(text),
  semantic_urgency: ({ text }) => 1 - share(text),
  semantic_what_changed: ({ before, after }) => `${last(before)} to ${String(after)}`,
  semantic_parse_duration: ({ text }) => number(text) * 60 + 0.5,
  semantic_parse_company: ({ text }) => ({ name: last(text), legal_form: 'Ltd', country: null }),
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

const TOPICS = ['topic a', 'topic b'];

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
  semantic_topics: { n: 2 },
  semantic_facet: { aspect: 'cause', n: 2 },
  semantic_answers: { question: 'q' },
  semantic_keywords: { n: 2 },
  semantic_prompt: { text: 'v' },
  semantic_redact: { what: 'prices' },
  semantic_rewrite: { instruction: 'shorter' },
  semantic_stance: { claim: 'c' },
  semantic_tags: { labels: ['red', 'green', 'blue'] },
  semantic_what_changed: { after: 'text 9' },
  semantic_condense: { words: 7 },
  semantic_translate: { language: 'German' },
  semantic_normalize: { form: 'code' },
  semantic_valid: { kind: "a maker's name" },
};

/** Of groups, as a text of their values: `texts` is in the order of the values, or as a statement orders them. */
export const KNOWN_OF_GROUPS: Readonly<Record<string, (texts: string, inputs: Inputs) => unknown>> = {
  semantic_summarize: (texts, { focus }) => `${texts} of ${String(focus)}`,
  semantic_consensus: (texts) => `all say ${texts}`,
  semantic_themes: (texts, { n }) => [texts, `of ${String(n)}`],
  semantic_classify_agg: (texts, { labels }) => (labels as string[])[texts.length % 3],
  semantic_best: (texts, { criterion }) => `${String(criterion)} in ${texts}`,
  semantic_outliers: (texts, { n }) => [`${String(n)} in ${texts}`],
  semantic_dedupe: (texts) => texts.split('+'),
  semantic_ask_agg: (texts, { question }) => `${String(question)} ${texts}`,
  semantic_sentiment_agg: (texts) => texts.length / 16 - 0.5,
};

/** The inputs beside the texts with which aggregates are called. */
export const INPUTS_OF_GROUPS: Readonly<Record<string, Inputs>> = {
  semantic_summarize: { focus: 'price' },
  semantic_themes: { n: 3 },
  semantic_classify_agg: { labels: ['red', 'green', 'blue'] },
  semantic_best: { criterion: 'c' },
  semantic_outliers: { n: 2 },
  semantic_ask_agg: { question: 'who?' },
};

/** The values of a group in short: `0+2+2`. */
export const inShort = (texts: readonly unknown[]): string => texts.map(last).join('+');

export function knownAnswer({ cascade, inputs }: CascadeCall): unknown {
  if (cascade.cascadeId === 'semantic_topics' || cascade.cascadeId === 'semantic_facet') return TOPICS;
  const ofGroup = KNOWN_OF_GROUPS[cascade.cascadeId];
  if (ofGroup !== undefined) return ofGroup(inShort(inputs.texts as string[]), inputs);
  const answer = KNOWN[cascade.cascadeId];
  if (answer === undefined) throw new Error(`no answer is known for ${cascade.cascadeId}`);
  return answer(inputs);
}
