import { z } from 'zod';
import { readAttention, readDays, readTopCascades } from '../reads/home.ts';
import { defineRoute } from '../route.ts';
import { wholeNumber } from '../schemas/fields.ts';
import { homeShape } from '../schemas/overview.ts';

export const home = defineRoute({
  method: 'GET',
  path: '/api/home',
  summary: 'Calls, cost, cache hits and errors by day, the busiest cascades, and what needs attention',
  query: z.strictObject({ days: wholeNumber(1, 365).default(14) }),
  answer: homeShape,
  async handle({ query }, { training, statements, operators }) {
    await Promise.all([training.log.flush(), statements.flush()]);
    const { store } = training;
    const [days, cascades, attention] = await Promise.all([
      readDays(store, query.days),
      readTopCascades(store, query.days),
      readAttention(store, operators()),
    ]);
    return { days, cascades, attention };
  },
});
