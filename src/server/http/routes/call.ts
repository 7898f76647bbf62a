import { z } from 'zod';
import { SqlError } from '../../../errors.ts';
import { readCall } from '../reads/calls.ts';
import { currentCells } from '../reads/current-cells.ts';
import { readExamplesById } from '../reads/examples.ts';
import { defineRoute } from '../route.ts';
import { wholeCallShape } from '../schemas/calls.ts';
import { traceId } from '../schemas/fields.ts';

export const call = defineRoute({
  method: 'GET',
  path: '/api/calls/:trace_id',
  summary: 'Everything about one model call',
  params: z.object({ trace_id: traceId }),
  answer: wholeCallShape,
  async handle({ params }, { training, operators }) {
    await training.log.flush();
    const found = await readCall(training.store, params.trace_id);
    if (found === undefined)
      throw new SqlError('02000', `no logged call has the trace id "${params.trace_id}"`);
    const { example_ids, ...rest } = found;
    const current = currentCells(operators());
    const [examples, own] = await Promise.all([
      readExamplesById(training.store, example_ids, current),
      readExamplesById(training.store, [found.trace_id], current),
    ]);
    return { call: rest, examples, example: own[0] ?? null };
  },
});
