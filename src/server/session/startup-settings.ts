import { SqlError } from '../../errors.ts';
import { knownSetting } from './known-settings.ts';
import { unknownSetting } from './settings.ts';

/** Names of the start-up packet that are no settings. */
const OTHERS: ReadonlySet<string> = new Set(['user', 'database', 'options', 'replication']);

/** The settings of a start-up packet, `options='-c name=value'` among them, by lower-case name. Throws SqlError. */
export function startupSettings(parameters: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const given = [...parameters].filter(([name]) => !OTHERS.has(name) && !name.startsWith('_pq_.'));
  const settings = [...optionSettings(parameters.get('options') ?? ''), ...given].map(checked);
  return new Map([...settings, ['session_authorization', parameters.get('user') ?? ''] as const]);
}

function checked([name, value]: readonly [string, string]): readonly [string, string] {
  const setting = knownSetting(name);
  if (setting === undefined && !name.includes('.')) throw unknownSetting(name);
  if (setting?.readOnly === true)
    throw new SqlError('55P02', `parameter "${setting.name}" cannot be changed`);
  return [name.toLowerCase(), setting?.normalize(value) ?? value];
}

/** `-c a=b`, `-ca=b`, `--a=b`; a backslash keeps a space in a value. */
function optionSettings(options: string): readonly (readonly [string, string])[] {
  const words = (options.match(/(?:\\.|[^\s\\])+/gs) ?? []).map((word) => word.replace(/\\(.)/gs, '$1'));
  const settings: (readonly [string, string])[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const text = word === '-c' ? (words[(at += 1)] ?? '') : word.replace(/^(--|-c)/, '');
    const equals = text.indexOf('=');
    if (equals < 1 || !word.startsWith('-')) {
      throw new SqlError('42601', `invalid command-line argument for server process: ${word}`);
    }
    settings.push([text.slice(0, equals).replaceAll('-', '_'), text.slice(equals + 1)]);
  }
  return settings;
}
