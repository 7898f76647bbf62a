import { z } from 'zod';
import { readDays, readTopCascades } from '../reads/home.ts';
import { defineRoute } from '../route.ts';
import { wholeNumber } from '../schemas/fields.ts';
import { homeShape } from '../schemas/overview.ts';

export const home = defineRoute({
  method: 'GET',
  path: '/api/home',
  summary: 'Calls, cost, cache hits and errors by day, and the busiest cascades',
  query: z.strictObject({ days: wholeNumber(1, 365).default(14) }),
  answer: homeShape,
  async handle({ query }, { training, statements }) {
    await Promise.all([training.log.flush(), statements.flush()]);
    const { store } = training;
    const [days, cascades] = await Promise.all([
      readDays(store, query.days),
      readTopCascades(store, query.days),
    ]);
    return { days, cascades };
  },
});
