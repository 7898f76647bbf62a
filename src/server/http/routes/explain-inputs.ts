import { z } from 'zod';
import { SqlError } from '../../../errors.ts';
import { explainCall } from '../explain-call.ts';
import { defineRoute } from '../route.ts';
import { explanationShape } from '../schemas/explain.ts';

export const explainInputs = defineRoute({
  method: 'POST',
  path: '/api/training/explain',
  summary: 'The examples and the prompt that a call with these inputs would get, without calling',
  body: z.strictObject({
    cascade_id: z.string(),
    cell_name: z.string().optional().describe('The first cell where left out'),
    inputs: z.record(z.string(), z.unknown()),
    outputs: z.record(z.string(), z.unknown()).default({}).describe('Of the cells before, by name'),
  }),
  answer: explanationShape,
  async handle({ body }, { training, operators, embedder }) {
    const cascade = operators().cascades.get(body.cascade_id);
    const cell = cascade?.cells.find(({ name }) => body.cell_name === undefined || name === body.cell_name);
    if (cascade === undefined || cell === undefined) {
      throw new SqlError('42704', `no cell ${body.cascade_id}.${body.cell_name ?? '…'} is loaded`);
    }
    const { inputs, outputs } = body;
    return explainCall({ pools: training.pools, embedder }, { cascade, cell, inputs, outputs });
  },
});
