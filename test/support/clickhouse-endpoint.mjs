import { createServer } from 'node:http';
import { createChdbConnection } from 'chdb/connection';

// Started by clickhouse-endpoint.ts: the part of ClickHouse's HTTP interface that the client uses, over the embedded
// engine. A fault is what the parent names: refuse, hang, slow, full, or none.
const [path] = process.argv.slice(2);
const CONNECTIONS = 8;
const SETTINGS = [
  'insert_deduplication_token',
  'async_insert',
  'output_format_json_quote_64bit_integers',
  'deduplicate_blocks_in_dependent_materialized_views',
];
const free = Array.from({ length: CONNECTIONS }, () => createChdbConnection({ path }));
const waiting = [];
const sockets = new Set();
let fault = 'none';

async function withConnection(work) {
  const connection = free.pop() ?? (await new Promise((resolve) => waiting.push(resolve)));
  try {
    return await work(connection);
  } finally {
    const next = waiting.shift();
    if (next === undefined) free.push(connection);
    else next(connection);
  }
}

/** Values come in the text form of their type; a literal of that text, cast to the type, is the same value. */
function withParameters(sql, url) {
  return sql.replace(/\{(\w+):\s*([^{}]+)\}/g, (placeholder, name, type) => {
    const value = url.searchParams.get(`param_${name}`);
    if (value === null) return placeholder;
    if (value === '\\N') return 'NULL';
    const quoted = /^(Nullable\()?String/.test(type)
      ? value
      : value.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
    return `CAST('${quoted}' AS ${type})`;
  });
}

async function answer(request, response, body) {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/ping') return response.end('Ok.\n');
  const settings = Object.fromEntries(
    SETTINGS.flatMap((name) => (url.searchParams.has(name) ? [[name, url.searchParams.get(name)]] : [])),
  );
  const stated = url.searchParams.get('query');
  const reading = /^\s*(SELECT|WITH|SHOW|DESC|EXISTS)\b/i.test(stated ?? body);
  if (fault === 'full' && !reading)
    throw new Error(
      'Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)',
    );
  const sql = withParameters(stated ?? body, url);
  const result = await withConnection((connection) =>
    stated !== null && /^\s*INSERT\b/i.test(stated)
      ? connection.insert({ query: sql, values: body, clickhouse_settings: settings })
      : connection.query({ query: sql, clickhouse_settings: settings }),
  );
  response.setHeader('x-clickhouse-query-id', result.query_id);
  if (result.stream === undefined) return response.end();
  result.stream.pipe(response);
}

const server = createServer((request, response) => {
  const parts = [];
  request.on('error', () => undefined);
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    if (fault === 'hang') return;
    const respond = () =>
      answer(request, response, Buffer.concat(parts).toString('utf8')).catch((error) => {
        response.statusCode = 500;
        response.end(String(error.message));
      });
    if (fault === 'slow') setTimeout(respond, 150);
    else respond();
  });
});
server.on('connection', (socket) => {
  if (fault === 'refuse') return socket.destroy();
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
});

process.on('message', (wanted) => {
  if (wanted === 'refuse' || fault === 'hang') for (const socket of sockets) socket.destroy();
  fault = wanted;
  process.send('done');
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
