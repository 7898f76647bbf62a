import { existsSync, readFileSync } from 'node:fs';
import { seededOrder } from './seeded-order.ts';

export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

/** Texts with labels of which one set is asked as a question of yes or no, or as a choice among all labels. */
export interface LabelledSet {
  readonly name: string;
  /** Null where the question is which of the labels fits. */
  readonly question: { readonly criterion: string; readonly yes: string } | null;
  readonly labels: readonly string[];
  readonly items: readonly LabelledText[];
}

const FOLDER = new URL('../../../shared/data/', import.meta.url);
const SIZE = 840;

/**
 * Each cut down to at most `size` texts in equal parts a label; whole where it is Infinity. Null where the labelled sets are
 * not beside the repository.
 */
export function labelledSets(size = SIZE): readonly LabelledSet[] | null {
  if (!existsSync(FOLDER)) return null;
  return [
    labelledSet('spam', size, rows('sms_spam.tsv').map(swapped), { criterion: 'spam', yes: 'spam' }),
    labelledSet('film reviews', size, rows('movie_sentences.tsv').slice(1), {
      criterion: 'positive review',
      yes: 'positive',
    }),
    labelledSet('intents', size, rows('intents.tsv').slice(1), null),
  ];
}

function labelledSet(
  name: string,
  size: number,
  items: readonly LabelledText[],
  question: LabelledSet['question'],
): LabelledSet {
  const labels = [...new Set(items.map(({ label }) => label))].toSorted();
  const share = Math.floor(size / labels.length);
  const drawn = labels.flatMap((label) =>
    seededOrder(
      items.filter((item) => item.label === label),
      1,
    ).slice(0, share),
  );
  return { name, question, labels, items: drawn };
}

function rows(file: string): readonly LabelledText[] {
  const lines = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [text = '', label = ''] = line.split('\t');
    return { text, label };
  });
}

function swapped({ text, label }: LabelledText): LabelledText {
  return { text: label, label: text };
}
