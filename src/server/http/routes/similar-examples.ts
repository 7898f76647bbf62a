import { z } from 'zod';
import { SqlError } from '../../../errors.ts';
import { currentCells } from '../reads/current-cells.ts';
import { readExamples, readExamplesById } from '../reads/examples.ts';
import { findSimilar } from '../reads/similar-examples.ts';
import { defineRoute } from '../route.ts';
import { similarExampleShape } from '../schemas/examples.ts';
import { traceId, wholeNumber } from '../schemas/fields.ts';

export const similarExamples = defineRoute({
  method: 'GET',
  path: '/api/training/similar',
  summary: 'Calls of the same cell whose inputs mean nearly the same, nearest first',
  query: z.strictObject({ trace_id: traceId, limit: wholeNumber(1, 500).default(30) }),
  answer: z.object({ examples: z.array(similarExampleShape) }),
  async handle({ query }, { training, operators, embedder }) {
    await training.log.flush();
    const { store } = training;
    const current = currentCells(operators());
    const [own] = await readExamplesById(store, [query.trace_id], current);
    if (own === undefined)
      throw new SqlError('02000', `no successful call has the trace id "${query.trace_id}"`);
    const found = await findSimilar(store, embedder, own, query.limit);
    const similarities = new Map(found.map((one) => [one.trace_id, one.similarity]));
    const rows = await readExamples(store, found, current);
    return { examples: rows.map((row) => ({ ...row, similarity: similarities.get(row.trace_id) ?? 0 })) };
  },
});
