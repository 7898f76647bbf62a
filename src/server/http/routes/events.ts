import { z } from 'zod';
import { defineRoute } from '../route.ts';
import { eventStream } from '../event-stream.ts';

export const events = defineRoute({
  method: 'GET',
  path: '/api/events',
  summary: 'Server-sent events: `calls` when the log has grown, `marks` when annotations have changed',
  answer: z.string(),
  contentType: 'text/event-stream',
  async handle(_request, { changes }) {
    return new Response(eventStream(changes), {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' },
    });
  },
});
