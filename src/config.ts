import { BlockList, isIP } from 'node:net';
import { StartupError } from './errors.ts';

/** Everything the environment and the command line decide, read once. */
export interface Config {
  readonly dataDir: string;
  readonly sqlHost: string;
  readonly sqlPort: number;
  readonly httpHost: string;
  readonly httpPort: number;
  /** null starts the embedded engine in the data folder. */
  readonly clickhouseUrl: string | null;
  readonly model: ModelChoice;
  /** What turns texts into vectors: `local`, or `openai` and a model of the endpoint. */
  readonly embedder: ModelChoice;
  readonly openai: { readonly apiKey: string | null; readonly baseUrl: string | null };
  /** Folders of users, later ones win over earlier ones and over the shipped `cascades`. */
  readonly cascadeDirs: readonly string[];
  /** What prompts, exports and embeddings of examples must not hold: `email`, `phone`, or regular expressions. */
  readonly redact: readonly string[];
  /** YAML or JSON file that extends the price table; null where none was named. */
  readonly pricesFile: string | null;
  /** Most model calls in flight. */
  readonly concurrency: number;
  /** What the provider's account allows a minute; null is no limit. */
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  /** A call that takes so many times the median of the last ones is made once more; null never does. */
  readonly hedgeFactor: number | null;
  /** Most US dollars that all statements of a day (UTC) may spend; null is no limit. */
  readonly dailyCostUsd: number | null;
  /** Calls that nobody marked are removed from the log when they are older; null keeps them. */
  readonly logRetentionMs: number | null;
  /** Accounts and rules; null is `access.yaml` in the data folder. */
  readonly accessFile: string | null;
  /** The administrator that `password` makes; no password makes none. */
  readonly user: string;
  readonly password: string | null;
  readonly tls: TlsPaths | null;
  readonly engine: EngineLimits;
  readonly load: LoadLimits;
  /** Further names by which browsers may address the server. */
  readonly httpNames: readonly string[];
  /** Where traces go; null keeps none. */
  readonly otlp: OtlpTarget | null;
  readonly logLevel: string;
  readonly logFormat: 'text' | 'json';
}

/** Bounds of each DuckDB database, for all sessions together; null is DuckDB's own measure. */
export interface EngineLimits {
  /** As DuckDB writes it: `4GB`. */
  readonly memory: string | null;
  readonly threads: number | null;
  /** Most bytes on disk that statements spill, as `20GB`. */
  readonly spill: string | null;
  /** False closes files, network and extensions for everybody, administrators too. */
  readonly externalAccess: boolean;
  /** Folders that stay open where external access is closed. */
  readonly directories: readonly string[];
}

/** How many there may be at a time, and how long they may take. */
export interface LoadLimits {
  readonly connections: number;
  /** Of those, how many are kept for superusers. */
  readonly reserved: number;
  /** Statements at work; the next ones wait. */
  readonly statements: number;
  /** Statements that wait; the next ones are refused. */
  readonly waiting: number;
  /** From the first byte to the proof of who the client is. */
  readonly authenticationMs: number;
}

/** PEM files; both the SQL and the HTTP port show them. */
export interface TlsPaths {
  readonly cert: string;
  readonly key: string;
  /** Signs the certificates of clients; null asks for none. */
  readonly ca: string | null;
}

/** A collector of OpenTelemetry. */
export interface OtlpTarget {
  /** Of traces: `http://host:4318/v1/traces`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
}

export interface ModelChoice {
  readonly provider: string;
  readonly model: string;
}

export interface ConfigFlags {
  readonly data?: string;
  readonly host?: string;
  readonly sqlPort?: string;
  readonly httpPort?: string;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const SWITCH = ['on', 'off'] as const;
const LOG_FORMATS = ['text', 'json'] as const;

export const DEFAULT_OPENAI_MODEL = 'gpt-4.1-mini';

/** Reads environment and flags (flags win). Throws StartupError on a value that cannot be meant. */
export function readConfig(env: NodeJS.ProcessEnv, flags: ConfigFlags = {}): Config {
  const host = flags.host ?? env.RVBBIT_HOST ?? '127.0.0.1';
  const apiKey = nonEmpty(env.OPENAI_API_KEY);
  return Object.freeze({
    dataDir: flags.data ?? nonEmpty(env.RVBBIT_DATA) ?? './data',
    sqlHost: host,
    sqlPort: portOf('--sql-port', flags.sqlPort ?? nonEmpty(env.RVBBIT_SQL_PORT), 15432),
    httpHost: host,
    httpPort: portOf('--http-port', flags.httpPort ?? nonEmpty(env.RVBBIT_HTTP_PORT), 5050),
    clickhouseUrl: nonEmpty(env.RVBBIT_CLICKHOUSE_URL),
    model: modelOf(nonEmpty(env.RVBBIT_MODEL), apiKey),
    embedder: embedderOf(nonEmpty(env.RVBBIT_EMBEDDER) ?? 'local'),
    openai: Object.freeze({ apiKey, baseUrl: nonEmpty(env.OPENAI_BASE_URL) }),
    redact: listOf(env.RVBBIT_REDACT, ';'),
    cascadeDirs: listOf(env.RVBBIT_CASCADES, ':'),
    pricesFile: nonEmpty(env.RVBBIT_PRICES),
    concurrency: countOf('RVBBIT_CONCURRENCY', nonEmpty(env.RVBBIT_CONCURRENCY), 20),
    requestsPerMinute: limitOf('RVBBIT_REQUESTS_PER_MINUTE', nonEmpty(env.RVBBIT_REQUESTS_PER_MINUTE)),
    tokensPerMinute: limitOf('RVBBIT_TOKENS_PER_MINUTE', nonEmpty(env.RVBBIT_TOKENS_PER_MINUTE)),
    hedgeFactor: limitOf('RVBBIT_HEDGE_FACTOR', nonEmpty(env.RVBBIT_HEDGE_FACTOR), 1),
    dailyCostUsd: limitOf('RVBBIT_DAILY_COST_USD', nonEmpty(env.RVBBIT_DAILY_COST_USD)),
    logRetentionMs: ageOf('RVBBIT_LOG_RETENTION', nonEmpty(env.RVBBIT_LOG_RETENTION)),
    accessFile: nonEmpty(env.RVBBIT_ACCESS),
    user: nonEmpty(env.RVBBIT_USER) ?? 'rvbbit',
    password: nonEmpty(env.RVBBIT_PASSWORD),
    tls: tlsOf(nonEmpty(env.RVBBIT_TLS_CERT), nonEmpty(env.RVBBIT_TLS_KEY), nonEmpty(env.RVBBIT_TLS_CA)),
    engine: Object.freeze({
      memory: nonEmpty(env.RVBBIT_MEMORY_LIMIT),
      threads: limitOf('RVBBIT_THREADS', nonEmpty(env.RVBBIT_THREADS)),
      spill: nonEmpty(env.RVBBIT_SPILL_LIMIT),
      externalAccess:
        oneOf('RVBBIT_EXTERNAL_ACCESS', nonEmpty(env.RVBBIT_EXTERNAL_ACCESS), SWITCH, 'on') === 'on',
      directories: listOf(env.RVBBIT_ALLOWED_DIRECTORIES, ':'),
    }),
    load: Object.freeze({
      connections: countOf('RVBBIT_MAX_CONNECTIONS', nonEmpty(env.RVBBIT_MAX_CONNECTIONS), 1_000),
      reserved: 3,
      statements: countOf('RVBBIT_MAX_STATEMENTS', nonEmpty(env.RVBBIT_MAX_STATEMENTS), 200),
      waiting: countOf('RVBBIT_MAX_WAITING', nonEmpty(env.RVBBIT_MAX_WAITING), 1_000),
      authenticationMs:
        1_000 * countOf('RVBBIT_AUTHENTICATION_SECONDS', nonEmpty(env.RVBBIT_AUTHENTICATION_SECONDS), 60),
    }),
    httpNames: listOf(env.RVBBIT_HTTP_NAMES, ','),
    otlp: otlpOf(env),
    logLevel: oneOf('RVBBIT_LOG_LEVEL', nonEmpty(env.RVBBIT_LOG_LEVEL), LOG_LEVELS, 'info'),
    logFormat: oneOf('RVBBIT_LOG_FORMAT', nonEmpty(env.RVBBIT_LOG_FORMAT), LOG_FORMATS, 'text'),
  });
}

/** `openai/gpt-4.1-mini` → provider and model; a bare provider name takes that provider's default model. */
export function parseModelName(name: string): ModelChoice {
  const slash = name.indexOf('/');
  if (slash > 0) return Object.freeze({ provider: name.slice(0, slash), model: name.slice(slash + 1) });
  return Object.freeze({ provider: name, model: name === 'openai' ? DEFAULT_OPENAI_MODEL : name });
}

/** Whether only this machine reaches the address. */
export function isLoopbackHost(host: string): boolean {
  const ip = host.replace(/^\[|\]$/g, '');
  if (isIP(ip) === 0) return host.toLowerCase() === 'localhost';
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  return loopback.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}

function tlsOf(cert: string | null, key: string | null, ca: string | null): TlsPaths | null {
  if (cert === null && key === null && ca === null) return null;
  if (cert !== null && key !== null) return Object.freeze({ cert, key, ca });
  throw new StartupError(
    'RVBBIT_TLS_CERT and RVBBIT_TLS_KEY come together.',
    'Set both to PEM files, or neither.',
  );
}

/** As OpenTelemetry's own variables have it. */
function otlpOf(env: NodeJS.ProcessEnv): OtlpTarget | null {
  const name = 'OTEL_EXPORTER_OTLP_ENDPOINT';
  const base = nonEmpty(env[name]);
  const url =
    nonEmpty(env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) ?? (base && `${base.replace(/\/$/, '')}/v1/traces`);
  if (url === null || env.OTEL_SDK_DISABLED === 'true') return null;
  if (!/^https?:/.test(url) || !URL.canParse(url)) {
    throw new StartupError(`${name}: no address of a collector`, 'Give http://host:4318 or https://….');
  }
  const headers = listOf(env.OTEL_EXPORTER_OTLP_HEADERS, ',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())] as const;
  });
  return Object.freeze({
    url,
    headers: Object.freeze(Object.fromEntries(headers)),
    serviceName: nonEmpty(env.OTEL_SERVICE_NAME) ?? 'rvbbit',
  });
}

function listOf(text: string | undefined, separator: string): readonly string[] {
  const items = (nonEmpty(text) ?? '').split(separator);
  return Object.freeze(items.filter((item) => item.trim() !== ''));
}

function modelOf(name: string | null, apiKey: string | null): ModelChoice {
  if (name !== null) return parseModelName(name);
  return parseModelName(apiKey === null ? 'local' : 'openai');
}

function embedderOf(name: string): ModelChoice {
  const choice = parseModelName(name);
  if (name === 'local' || (choice.provider === 'openai' && name.includes('/'))) return choice;
  throw new StartupError(
    `RVBBIT_EMBEDDER: "${name}" is no embedder`,
    'Give local, or openai/<model> such as openai/text-embedding-3-small, with OPENAI_BASE_URL for an endpoint of your own.',
  );
}

function portOf(name: string, text: string | null, fallback: number): number {
  if (text === null) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new StartupError(
    `${name}: "${text}" is no port`,
    'Give a whole number from 0 to 65535; 0 takes a free port.',
  );
}

function countOf(name: string, text: string | null, fallback: number): number {
  if (text === null) return fallback;
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new StartupError(`${name}: "${text}" is no count`, 'Give a whole number above 0.');
}

/** null where nothing was said. */
function limitOf(name: string, text: string | null, above = 0): number | null {
  if (text === null) return null;
  const limit = Number(text);
  if (Number.isFinite(limit) && limit > above) return limit;
  throw new StartupError(`${name}: "${text}" is no limit`, `Give a number above ${above}, or leave it out.`);
}

const UNITS_MS: Readonly<Record<string, number>> = Object.freeze({
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
});

/** `90d` in milliseconds; hours, days and weeks. Throws StartupError. */
export function parseAge(name: string, text: string): number {
  const [, count, unit = ''] = /^(\d+)\s*([hdw])$/i.exec(text.trim()) ?? [];
  const ms = Number(count) * (UNITS_MS[unit.toLowerCase()] ?? Number.NaN);
  if (ms > 0) return ms;
  throw new StartupError(`${name}: "${text}" is no age`, 'Give hours, days or weeks: 12h, 90d, 8w.');
}

function ageOf(name: string, text: string | null): number | null {
  return text === null ? null : parseAge(name, text);
}

function oneOf<T extends string>(name: string, text: string | null, known: readonly T[], fallback: T): T {
  if (text === null) return fallback;
  const found = known.find((word) => word === text.toLowerCase());
  if (found !== undefined) return found;
  throw new StartupError(`${name}: "${text}" is not known`, `Give one of ${known.join(', ')}.`);
}

function nonEmpty(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
