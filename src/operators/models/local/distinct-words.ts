const WORD = /\p{L}+|\p{N}|[^\s\p{L}\p{N}]/gu;
const DIGIT = /\p{N}/u;

/** Words in lower case and punctuation marks, each once; all digits are one word. */
export function distinctWords(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(WORD) ?? [];
  return new Set(words.map((word) => (DIGIT.test(word) ? '0' : word)));
}

/** 0..1: cosine of the two sets, 0 where one is empty. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const word of small) if (large.has(word)) shared++;
  return shared === 0 ? 0 : shared / Math.sqrt(a.size * b.size);
}
