import { type Handler, Hono } from 'hono';
import { compress } from 'hono/compress';
import { Changes } from './changes.ts';
import { ComparisonRuns } from './comparisons/comparison-runs.ts';
import { errorResponse } from './error-response.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { addHealth } from './health.ts';
import type { HttpParts } from './http-parts.ts';
import { identified } from './identity.ts';
import { openApiDocument } from './open-api.ts';
import { routes } from './routes/routes.ts';
import { securityHeaders } from './security-headers.ts';
import { SqlRuns } from './sql/sql-runs.ts';
import { staticFiles } from './static-files.ts';
import { trustedRequests } from './trusted-requests.ts';

/** REST under /api, the Studio everywhere else. */
export function createHttpApp(httpParts: HttpParts): Hono {
  const parts = {
    ...httpParts,
    sqlRuns: new SqlRuns(),
    changes: new Changes(httpParts.training, httpParts.warn),
    comparisons: new ComparisonRuns(httpParts.training.store, httpParts.warn),
  };
  const app = new Hono();
  const document = openApiDocument(routes);
  app.onError((error, context) => errorResponse(context, error, parts.warn));
  addHealth(app, parts.readiness ?? {});
  app.use(trustedRequests(parts.hostNames));
  app.use(securityHeaders);
  app.use(identified(parts.access ?? null));
  app.use(compress());
  if (parts.metrics !== undefined) app.get('/metrics', metricsHandler(parts.metrics));
  for (const route of routes) app.on(route.method, route.path, (context) => route.respond(context, parts));
  app.get('/api/openapi.json', (context) => context.json(document));
  app.all('/api/*', (context) =>
    context.json({ error: `there is no ${context.req.method} ${context.req.path}`, code: '42704' }, 404),
  );
  if (parts.studioDir !== null) app.get('*', staticFiles(parts.studioDir));
  return app;
}

function metricsHandler(metrics: Metrics): Handler {
  return async () => {
    const { body, contentType } = await metrics.text();
    return new Response(body, { headers: { 'content-type': contentType } });
  };
}
