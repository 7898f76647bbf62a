import { z } from 'zod';
import { currentCells } from '../reads/current-cells.ts';
import { readExamplesById } from '../reads/examples.ts';
import { findTracesOfValues } from '../reads/traces-of-values.ts';
import { defineRoute } from '../route.ts';
import { exampleShape } from '../schemas/examples.ts';

export const tracesOfRow = defineRoute({
  method: 'POST',
  path: '/api/sql/traces',
  summary: 'The latest calls that had one of these values as an input: which call answered a row of a result',
  body: z.strictObject({
    values: z.array(z.string().max(1_000_000)).min(1).max(200),
    functions: z
      .array(z.string())
      .max(100)
      .default([])
      .describe('SQL functions of the statement; all where empty'),
  }),
  answer: z.object({ examples: z.array(exampleShape) }),
  async handle({ body }, { training, operators }) {
    await training.log.flush();
    const set = operators();
    const cascades = body.functions.flatMap((name) => set.operators.get(name)?.cascade.cascadeId ?? []);
    const ids = await findTracesOfValues(training.store, body.values, cascades);
    return { examples: await readExamplesById(training.store, ids, currentCells(set)) };
  },
});
