import { SqlError } from '../../errors.ts';
import { SEMANTIC_SETTINGS } from '../../operators/evaluation/semantic-settings.ts';
import { duration } from './milliseconds.ts';
import { booleanValue, invalidSetting, oneOf, type Setting, wholeNumber } from './setting.ts';
import { timeZoneName } from './time-zone-name.ts';

type Options = Partial<Pick<Setting, 'reported' | 'readOnly' | 'normalize'>>;

const REPORTED: Options = Object.freeze({ reported: true });
const FIXED: Options = Object.freeze({ readOnly: true });
const LEVELS = Object.freeze(['serializable', 'repeatable read', 'read committed', 'read uncommitted']);
const MESSAGE_LEVELS = Object.freeze([
  'debug5',
  'debug4',
  'debug3',
  'debug2',
  'debug1',
  'log',
  'notice',
  'warning',
  'error',
  'info',
]);

/** The version whose behaviour clients may count on. */
export const SERVER_VERSION = '15.0 (rvbbit 0.1.0)';

function setting(name: string, initial: string, description: string, options: Options = {}): Setting {
  return Object.freeze({
    name,
    initial,
    description,
    reported: options.reported ?? false,
    readOnly: options.readOnly ?? false,
    normalize: options.normalize ?? ((value: string) => value),
  });
}

function flag(name: string, initial: 'on' | 'off', description: string, options: Options = {}): Setting {
  return setting(name, initial, description, { ...options, normalize: booleanValue(name) });
}

function choice(
  name: string,
  initial: string,
  values: readonly string[],
  description: string,
  options: Options = {},
): Setting {
  return setting(name, initial, description, { ...options, normalize: oneOf(name, values) });
}

function timeout(name: string, description: string): Setting {
  return setting(name, '0', description, { normalize: duration(name) });
}

function number(name: string, initial: string, least: number, most: number, description: string): Setting {
  return setting(name, initial, description, { normalize: wholeNumber(name, least, most) });
}

const SETTINGS: readonly Setting[] = Object.freeze([
  setting('application_name', '', 'Name that the client gives itself.', REPORTED),
  choice(
    'backslash_quote',
    'safe_encoding',
    ['safe_encoding', 'on', 'off'],
    'Whether "\\\'" is allowed in strings.',
  ),
  choice('bytea_output', 'hex', ['hex', 'escape'], 'Text form of bytea.'),
  flag('check_function_bodies', 'on', 'Accepted for clients that set it; changes nothing.'),
  setting('client_encoding', 'UTF8', 'Encoding of what the client sends and gets: UTF8 alone.', {
    reported: true,
    normalize: clientEncoding,
  }),
  choice('client_min_messages', 'notice', MESSAGE_LEVELS, 'Least severe messages that are sent.'),
  setting('DateStyle', 'ISO, MDY', 'Text form of dates: ISO alone.', {
    reported: true,
    normalize: dateStyle,
  }),
  setting('default_table_access_method', 'heap', 'Accepted for clients that set it; changes nothing.'),
  setting('default_tablespace', '', 'Accepted for clients that set it; changes nothing.'),
  choice(
    'default_transaction_isolation',
    'repeatable read',
    LEVELS,
    'Isolation of new transactions: snapshots.',
  ),
  flag('default_transaction_read_only', 'off', 'Whether new transactions may not write.', REPORTED),
  number('extra_float_digits', '1', -15, 3, 'Above 0, floats are written so that they read back the same.'),
  timeout('idle_in_transaction_session_timeout', 'Most idle time within a transaction.'),
  timeout('idle_session_timeout', 'Most idle time outside of a transaction.'),
  flag('in_hot_standby', 'off', 'Whether the server replays another one: never.', { ...REPORTED, ...FIXED }),
  flag('integer_datetimes', 'on', 'Times are counted in whole microseconds.', { ...REPORTED, ...FIXED }),
  choice('IntervalStyle', 'postgres', ['postgres', 'iso_8601'], 'Text form of intervals.', REPORTED),
  flag('is_superuser', 'on', 'Whether the user may do everything.', { ...REPORTED, ...FIXED }),
  flag('jit', 'off', 'Accepted for clients that set it; changes nothing.'),
  setting('lc_collate', 'C', 'Order of texts.', FIXED),
  setting('lc_ctype', 'C.UTF-8', 'Classes of characters.', FIXED),
  setting('lc_messages', 'C', 'Language of messages.'),
  setting('lc_monetary', 'C', 'Form of money.'),
  setting('lc_numeric', 'C', 'Form of numbers.'),
  setting('lc_time', 'C', 'Form of times.'),
  timeout('lock_timeout', 'Accepted for clients that set it: statements wait for no locks.'),
  setting('max_identifier_length', '63', 'Longest name.', FIXED),
  setting('max_index_keys', '32', 'Most columns of an index.', FIXED),
  flag('row_security', 'on', 'Accepted for clients that set it; changes nothing.'),
  number('rvbbit.max_rows', '0', 0, 1e15, 'Most rows that a statement may give; 0 is no limit.'),
  choice('rvbbit.dialect', 'postgres', ['postgres', 'duckdb'], 'Whose meaning a statement has first.'),
  ...SEMANTIC_SETTINGS.map(({ name, initial, description, parse, show }) =>
    setting(name, initial, description, { normalize: (value) => show(parse(value)) }),
  ),
  setting('search_path', '"$user", public', 'Schemas in which names are looked up.'),
  setting('server_encoding', 'UTF8', 'Encoding of the database.', { ...REPORTED, ...FIXED }),
  setting('server_version', SERVER_VERSION, 'Version whose behaviour clients may count on.', {
    ...REPORTED,
    ...FIXED,
  }),
  setting('server_version_num', '150000', 'The same as a number.', FIXED),
  setting('session_authorization', '', 'User of the session.', { ...REPORTED, ...FIXED }),
  choice('session_replication_role', 'origin', ['origin', 'replica', 'local'], 'Accepted; changes nothing.'),
  flag('standard_conforming_strings', 'on', 'Backslashes are ordinary in plain strings.', {
    reported: true,
    normalize: standardStrings,
  }),
  timeout('statement_timeout', 'Most time of a statement.'),
  choice(
    'synchronous_commit',
    'on',
    ['on', 'off', 'local', 'remote_write', 'remote_apply'],
    'Accepted; changes nothing.',
  ),
  flag('synchronize_seqscans', 'on', 'Accepted for clients that set it; changes nothing.'),
  setting('TimeZone', 'UTC', 'Zone in which timestamps are read and shown.', {
    reported: true,
    normalize: timeZoneName,
  }),
  choice(
    'transaction_isolation',
    'repeatable read',
    LEVELS,
    'Isolation of the running transaction: a snapshot.',
  ),
  flag('transaction_read_only', 'off', 'Whether the running transaction may not write.'),
  flag('transaction_deferrable', 'off', 'Accepted for clients that set it; changes nothing.'),
  setting('work_mem', '4MB', 'Accepted for clients that set it; see memory_limit.'),
  choice(
    'xmloption',
    'content',
    ['content', 'document'],
    'Accepted for clients that set it; changes nothing.',
  ),
]);

const BY_NAME: ReadonlyMap<string, Setting> = new Map(
  SETTINGS.map((known) => [known.name.toLowerCase(), known]),
);

export function knownSettings(): readonly Setting[] {
  return SETTINGS;
}

export function knownSetting(name: string): Setting | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** SQL_ASCII is what clients without an opinion name: their bytes are checked to be UTF-8 all the same. */
function clientEncoding(value: string): string {
  const name = value.replace(/[^a-z0-9]/gi, '').toUpperCase();
  if (name === 'UTF8' || name === 'UNICODE') return 'UTF8';
  if (name === 'SQLASCII') return 'SQL_ASCII';
  throw new SqlError('22023', `conversion between ${value} and UTF8 is not supported`, {
    hint: "Set client_encoding to 'UTF8'.",
  });
}

function dateStyle(value: string): string {
  const words = value
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => word.toUpperCase());
  const order = words.find((word) => /^(MDY|DMY|YMD)$/.test(word)) ?? 'MDY';
  if (words.every((word) => /^(ISO|MDY|DMY|YMD|DEFAULT)$/.test(word))) return `ISO, ${order}`;
  throw invalidSetting('DateStyle', value, 'Dates are written in the ISO style alone.');
}

function standardStrings(value: string): string {
  if (booleanValue('standard_conforming_strings')(value) === 'on') return 'on';
  throw invalidSetting('standard_conforming_strings', value, "Write E'…' where a backslash is to escape.");
}
