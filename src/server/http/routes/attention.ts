import { readAttention } from '../reads/attention.ts';
import { defineRoute } from '../route.ts';
import { attentionShape } from '../schemas/overview.ts';

export const attention = defineRoute({
  method: 'GET',
  path: '/api/attention',
  summary: 'What a person should look at: conflicts, faults, and what nobody has marked',
  answer: attentionShape,
  async handle(_request, { training, operators }) {
    await training.log.flush();
    return readAttention(training.store, operators());
  },
});
