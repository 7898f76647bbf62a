import type { Store } from '../../../training/log/store.ts';
import type { ExampleCounts } from '../schemas/examples.ts';
import type { Condition } from './example-conditions.ts';

const MOST_LABELS = 12;
const LABEL_LENGTH = 80;

/** How many examples meet the condition, by mark and by logged output. */
export async function readExampleCounts(store: Store, condition: Condition): Promise<ExampleCounts> {
  const { sql, parameters } = condition;
  const [sums, labels] = await Promise.all([
    store.query<Omit<ExampleCounts, 'labels'>>(
      'studio',
      `SELECT count() AS total, countIf(trace_id IN (${marks('1')})) AS marked,
              countIf(trace_id IN (${marks('trainable')})) AS trainable,
              countIf(trace_id IN (${marks('verified')})) AS verified,
              countIf(trace_id IN (${marks('isNotNull(correction)')})) AS corrected
       FROM rvbbit.training_examples WHERE ${sql}`,
      parameters,
    ),
    store.query<ExampleCounts['labels'][number]>(
      'studio',
      `SELECT output AS label, count() AS count FROM rvbbit.training_examples
       WHERE ${sql} AND lengthUTF8(output) <= ${LABEL_LENGTH}
       GROUP BY output ORDER BY count DESC, label LIMIT ${MOST_LABELS}`,
      parameters,
    ),
  ]);
  const [sum] = sums;
  if (sum === undefined) throw new Error('a count without a group has one row');
  return { ...sum, labels: [...labels] };
}

function marks(condition: string): string {
  return `SELECT trace_id FROM rvbbit.training_annotations FINAL WHERE ${condition}`;
}
