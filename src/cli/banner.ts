import { resolve } from 'node:path';
import type { Config } from '../config.ts';

/** What to do next, which model answers, and where the logs are. */
export function bannerOf(
  config: Config,
  ports: { readonly sqlPort: number; readonly httpPort: number | null },
): readonly string[] {
  const host = config.sqlHost === '0.0.0.0' ? '127.0.0.1' : config.sqlHost;
  return [
    'rvbbit is ready.',
    `  SQL     psql postgresql://${host}:${ports.sqlPort}/default`,
    ...(ports.httpPort === null ? [] : [`  Studio  http://${host}:${ports.httpPort}`]),
    `  Model   ${modelLine(config)}`,
    `  Log     ${logLine(config)}`,
  ];
}

function modelLine({ model, openai }: Config): string {
  if (model.provider === 'local')
    return 'local (embedded; set OPENAI_API_KEY or RVBBIT_MODEL for a language model)';
  const at = openai.baseUrl === null || model.provider !== 'openai' ? '' : ` at ${openai.baseUrl}`;
  return `${model.provider}/${model.model}${at}`;
}

function logLine({ clickhouseUrl, dataDir }: Config): string {
  return clickhouseUrl === null
    ? `every call in unified_logs, kept in ${resolve(dataDir, 'clickhouse')}`
    : `every call in unified_logs on ClickHouse at ${new URL(clickhouseUrl).host}`;
}
