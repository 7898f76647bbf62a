import { readFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { StartupError } from '../errors.ts';
import type { Logger } from 'pino';
import { linkCascade } from '../operators/cascade/link-cascades.ts';
import { loadCascade } from '../operators/cascade/load-cascade.ts';
import { inputsOf } from '../operators/evaluation/run-book.ts';
import { commandScope } from './command-scope.ts';
import { openCore } from './open-core.ts';

export interface CascadeOutput {
  readonly trace_id: string;
  readonly output: unknown;
  /** By cell name. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** `rvbbit run FILE --input JSON`: runs the cascade of a file once, always with new calls, and logs them. */
export async function runCascade(
  file: string,
  input: string,
  config: Config,
  logger: Logger,
): Promise<CascadeOutput> {
  const loaded = loadCascade(file, await readCascade(file));
  const inputs = inputsOf(loaded, checkedJson(input));
  const core = await openCore(config, logger);
  try {
    const cascade = linkCascade(loaded, core.registry.current().cascades);
    const scope = commandScope(logger);
    const maker = await core.answers.maker(cascade, scope.settings);
    await maker.prepare([inputs]);
    const answer = await core.answers.compute(maker.call(inputs), scope, scope.signal);
    return { trace_id: answer.traceId, output: answer.value, outputs: answer.outputs };
  } finally {
    await core.close();
  }
}

async function readCascade(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new StartupError(`${file} cannot be read`, 'Give the path of a cascade file.', error);
  }
}

function checkedJson(input: string): string {
  try {
    JSON.parse(input);
    return input;
  } catch (error) {
    throw new StartupError('--input is no JSON', `Write it as '{"text": "…"}'.`, error);
  }
}
