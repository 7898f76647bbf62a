import { constants, type Stats, statfsSync } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { version as duckdbVersion } from '@duckdb/node-api';
import type { Config } from '../../config.ts';
import { messageOf, StartupError } from '../../errors.ts';
import { loadOperatorSet } from '../../operators/cascade/load-cascades.ts';
import { publicUrl } from '../../operators/models/public-url.ts';
import { openStore } from '../../training/log/store.ts';
import { AccessFile } from '../access/access-file.ts';
import { accessPath } from '../access/open-access.ts';
import { packagePath, packageVersion } from '../package-folder.ts';

/** One thing that has to be right. Gives what is so, or throws StartupError with what to do. */
export interface Check {
  readonly name: string;
  run(config: Config): Promise<string>;
}

const LEAST_NODE = 20;
const LEAST_FREE_BYTES = 1024 ** 3;
const LEAST_DAYS = 14;
const DAY_MS = 86_400_000;
const ANSWER_MS = 10_000;

export const CHECKS: readonly Check[] = Object.freeze([
  { name: 'versions', run: versions },
  { name: 'data folder', run: dataFolder },
  { name: 'SQL port', run: ({ sqlHost, sqlPort }) => freePort(sqlHost, sqlPort, '--sql-port') },
  { name: 'HTTP port', run: ({ httpHost, httpPort }) => freePort(httpHost, httpPort, '--http-port') },
  { name: 'accounts', run: accounts },
  { name: 'TLS', run: certificate },
  { name: 'cascades', run: cascades },
  { name: 'log store', run: store },
  { name: 'model', run: model },
] satisfies readonly Check[]);

async function versions(): Promise<string> {
  const node = process.versions.node;
  if (Number(node.split('.', 1)[0]) < LEAST_NODE) {
    throw new StartupError(`Node ${node} is too old`, `Install Node ${LEAST_NODE} or later.`);
  }
  return `rvbbit ${packageVersion()}, Node ${node}, DuckDB ${duckdbVersion()}`;
}

async function dataFolder({ dataDir }: Config): Promise<string> {
  const path = resolve(dataDir);
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new StartupError(messageOf(error), 'Give another folder by --data, or rights on this one.', error);
  }
  const { bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  const gib = (free / 1024 ** 3).toFixed(1);
  if (free >= LEAST_FREE_BYTES) return `${path}, ${gib} GiB free`;
  throw new StartupError(`${path} has ${gib} GiB left`, 'Make room, or give another folder by --data.');
}

function freePort(host: string, port: number, flag: string): Promise<string> {
  return new Promise((done, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const way = taken
        ? `A server may run already; else give another by ${flag}.`
        : `Give another by ${flag} or --host.`;
      reject(new StartupError(taken ? `${host}:${port} is in use` : messageOf(error), way, error));
    });
    probe.listen({ host, port }, () =>
      probe.close(() => done(port === 0 ? `${host}, a free one` : `${host}:${port} is free`)),
    );
  });
}

async function accounts(config: Config): Promise<string> {
  const path = accessPath(config);
  const { roles, rules } = await new AccessFile(path).read();
  const found = await statOf(path);
  if (found !== null && (found.mode & 0o077) !== 0) {
    throw new StartupError(`${path} may be read by other users of this machine`, `chmod 600 ${path}`);
  }
  if (roles.length === 0) return 'none: whoever reaches the loopback address is administrator';
  return `${roles.length} in ${path}, ${rules === null ? 'default rules' : `${rules.length} rules`}`;
}

async function certificate({ tls }: Config): Promise<string> {
  if (tls === null) return 'off: RVBBIT_TLS_CERT and RVBBIT_TLS_KEY turn it on';
  const { subject, validTo } = new X509Certificate(await readFile(tls.cert));
  const days = Math.floor((Date.parse(validTo) - Date.now()) / DAY_MS);
  if (days >= LEAST_DAYS) return `${subject.replaceAll('\n', ', ')}, ${days} days left`;
  throw new StartupError(
    `${tls.cert} ends in ${days} days`,
    'Renew it; the server takes the new file by itself.',
  );
}

async function cascades({ cascadeDirs, dataDir }: Config): Promise<string> {
  const made = resolve(dataDir, 'cascades');
  const folders = [packagePath('cascades'), ...cascadeDirs, ...((await statOf(made)) === null ? [] : [made])];
  const { cascades: loaded } = await loadOperatorSet(folders, 1);
  return `${loaded.size} of ${folders.length} folder${folders.length === 1 ? '' : 's'}`;
}

async function store(config: Config): Promise<string> {
  const opened = await openStore(config);
  try {
    const [row] = await opened.query<{ n: number }>('studio', 'SELECT count() AS n FROM unified_logs');
    return `${config.clickhouseUrl === null ? 'embedded' : new URL(config.clickhouseUrl).host}, ${Number(row?.n)} calls`;
  } finally {
    await opened.close();
  }
}

async function model({ model: choice, openai }: Config): Promise<string> {
  const name = `${choice.provider}/${choice.model}`;
  if (choice.provider !== 'openai') return name;
  const base = publicUrl(openai.baseUrl ?? 'https://api.openai.com/v1');
  const headers = openai.apiKey === null ? {} : { authorization: `Bearer ${openai.apiKey}` };
  const answer = await reached(`${base}/models`, headers);
  if (answer.ok) return `${name} at ${base}`;
  const way =
    answer.status === 401 ? 'Set OPENAI_API_KEY to a key of the account.' : 'Check OPENAI_BASE_URL.';
  throw new StartupError(`${base}/models answers ${answer.status}`, way);
}

async function reached(url: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS) });
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new StartupError(
      `${url} cannot be reached: ${messageOf(cause)}`,
      'Check OPENAI_BASE_URL and the network.',
      error,
    );
  }
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
