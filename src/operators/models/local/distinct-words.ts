const WORD = /\p{L}+|\p{N}+|[^\s\p{L}\p{N}]/gu;
const DIGITS = /^\p{N}/u;
const SHOUTED = /\p{Lu}{3,}/u;
const ADDRESS = /https?:|www\.|\.(?:com|co|org|net)\b/i;

/**
 * Words in lower case and punctuation marks, each once. Of numbers only the length counts, and what is written in capitals
 * or holds an address has a word for that: example texts tell such habits of writing as well as their words.
 */
export function distinctWords(text: string): ReadonlySet<string> {
  const words = new Set(
    (text.toLowerCase().match(WORD) ?? []).map((word) => (DIGITS.test(word) ? digits(word) : word)),
  );
  if (SHOUTED.test(text)) words.add('SHOUTED');
  if (ADDRESS.test(text)) words.add('ADDRESS');
  return words;
}

function digits({ length }: string): string {
  if (length > 4) return '00000';
  return length > 2 ? '000' : '0';
}

/** 0..1: cosine of the two sets, 0 where one is empty. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const word of small) if (large.has(word)) shared++;
  return shared === 0 ? 0 : shared / Math.sqrt(a.size * b.size);
}
