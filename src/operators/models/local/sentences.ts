const SEGMENTER = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The sentences of a text in its order, without white space around them. A line break ends a sentence. */
export function sentences(text: string): readonly string[] {
  return text
    .split(/[\r\n]+/)
    .flatMap((line) => [...SEGMENTER.segment(line)].map(({ segment }) => segment.trim()))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}
