import { defineRoute } from '../route.ts';
import { sqlLineShape, sqlRequestShape } from '../schemas/sql.ts';

export const sqlRun = defineRoute({
  method: 'POST',
  path: '/api/sql/run',
  summary: 'Run SQL; the answer is a stream of JSON objects, a line each, the last of type done or error',
  body: sqlRequestShape,
  answer: sqlLineShape,
  contentType: 'application/x-ndjson',
  async handle({ body, signal, identity }, { sql, sqlRuns }) {
    const { run_id, session_key, database, max_rows } = body;
    const request = { sql: body.sql, database, sessionKey: session_key, maxRows: max_rows, role: identity };
    return new Response(sqlRuns.start(sql, run_id, request, signal), {
      headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store, no-transform' },
    });
  },
});
