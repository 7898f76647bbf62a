import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { messageOf, SqlError } from '../../errors.ts';
import type { ScriptRule } from './script-rule.ts';

const Match = z.union([z.string(), z.record(z.string(), z.unknown())]);
const ScriptFile = z.array(z.strictObject({ match: Match, reply: z.unknown() })).min(1);

/**
 * Reads a YAML list of `{ match, reply }`. `match` is a regular expression over the prompt or a mapping of inputs;
 * a reply that is no text is sent as JSON. Throws SqlError 58P01 for a file that cannot be read, 22023 for one that
 * is no script.
 */
export async function readScript(file: string): Promise<readonly ScriptRule[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SqlError('58P01', `script ${file}: ${messageOf(error)}`, { cause: error });
  });
  try {
    return Object.freeze(ScriptFile.parse(parse(text)).map(ruleOf));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    const hint = 'A script is a YAML list such as `- { match: bamboo, reply: true }`.';
    throw new SqlError('22023', `script ${file}: ${reason}`, { hint, cause: error });
  }
}

function ruleOf({ match, reply }: z.infer<typeof ScriptFile>[number]): ScriptRule {
  return Object.freeze({
    match: typeof match === 'string' ? new RegExp(match, 's') : match,
    reply: typeof reply === 'string' ? reply : JSON.stringify(reply),
  });
}
