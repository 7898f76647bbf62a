import { z } from 'zod';
import { SqlError } from '../../../errors.ts';
import { currentCells } from '../reads/current-cells.ts';
import { readExamplesById } from '../reads/examples.ts';
import { defineRoute } from '../route.ts';
import { exampleShape } from '../schemas/examples.ts';
import { traceId } from '../schemas/fields.ts';

export const trainingExample = defineRoute({
  method: 'GET',
  path: '/api/training/examples/:trace_id',
  summary: 'One example with its whole texts',
  params: z.object({ trace_id: traceId }),
  answer: exampleShape,
  async handle({ params }, { training, operators }) {
    await training.log.flush();
    const [example] = await readExamplesById(training.store, [params.trace_id], currentCells(operators()));
    if (example === undefined) {
      throw new SqlError('02000', `no successful call has the trace id "${params.trace_id}"`);
    }
    return example;
  },
});
