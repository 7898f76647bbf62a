import { SqlError } from '../../../errors.ts';
import type { WordReader } from '../word-reader.ts';

export interface CopyOptions {
  readonly format: 'text' | 'csv' | 'binary';
  readonly delimiter: string;
  /** What stands for NULL. */
  readonly nullText: string;
  readonly header: boolean | 'match';
  readonly quote: string;
  readonly escape: string;
  /** Columns by name; `*` is all. */
  readonly forceQuote: readonly string[];
  readonly forceNotNull: readonly string[];
  readonly forceNull: readonly string[];
}

type Given = Map<string, string | readonly string[]>;

const FORMATS = Object.freeze(['text', 'csv', 'binary'] as const);
const LISTS: ReadonlySet<string> = new Set(['force_quote', 'force_not_null', 'force_null']);
const KNOWN: ReadonlySet<string> = new Set([
  'format',
  'delimiter',
  'null',
  'header',
  'quote',
  'escape',
  'encoding',
  'freeze',
  ...LISTS,
]);

/** `[WITH] (FORMAT csv, HEADER)` and the older `[WITH] CSV HEADER DELIMITER ','`. Throws SqlError. */
export function copyOptions(reader: WordReader): CopyOptions {
  reader.accept('WITH');
  const given: Given = new Map();
  if (reader.acceptSign('(')) newOptions(reader, given);
  else oldOptions(reader, given);
  reader.end();
  return checked(given);
}

function newOptions(reader: WordReader, given: Given): void {
  do {
    const { offset } = reader;
    const name = reader.name();
    if (!KNOWN.has(name))
      throw new SqlError('42601', `option "${name}" not recognized`, { position: offset + 1 });
    if (given.has(name))
      throw new SqlError('42601', 'conflicting or redundant options', { position: offset + 1 });
    given.set(name, LISTS.has(name) ? nameList(reader) : optionValue(reader));
  } while (reader.acceptSign(','));
  reader.expectSign(')');
}

function optionValue(reader: WordReader): string {
  return reader.next.text === ',' || reader.next.text === ')' ? 'true' : reader.value();
}

function nameList(reader: WordReader): readonly string[] {
  if (reader.acceptSign('*')) return ['*'];
  const bracket = reader.acceptSign('(');
  const names: string[] = [];
  do names.push(reader.name());
  while (reader.acceptSign(','));
  if (bracket) reader.expectSign(')');
  return names;
}

function oldOptions(reader: WordReader, given: Given): void {
  while (!reader.atEnd) {
    if (reader.accept('BINARY')) given.set('format', 'binary');
    else if (reader.accept('CSV')) given.set('format', 'csv');
    else if (reader.accept('HEADER')) given.set('header', 'true');
    else if (reader.accept('FORCE', 'QUOTE')) given.set('force_quote', nameList(reader));
    else if (reader.accept('FORCE', 'NOT', 'NULL')) given.set('force_not_null', nameList(reader));
    else if (reader.accept('FORCE', 'NULL')) given.set('force_null', nameList(reader));
    else oldValue(reader, given);
  }
}

function oldValue(reader: WordReader, given: Given): void {
  const name = ['DELIMITER', 'NULL', 'QUOTE', 'ESCAPE', 'ENCODING', 'FREEZE'].find((word) =>
    reader.accept(word),
  );
  if (name === undefined) throw reader.syntaxError();
  reader.accept('AS');
  given.set(name.toLowerCase(), name === 'FREEZE' ? 'true' : reader.string());
}

function checked(given: Given): CopyOptions {
  const format = formatOf(single(given, 'format') ?? 'text');
  const csv = format === 'csv';
  const quote = single(given, 'quote') ?? '"';
  requireUtf8(single(given, 'encoding'));
  return Object.freeze({
    format,
    delimiter: oneCharacter('delimiter', single(given, 'delimiter') ?? (csv ? ',' : '\t')),
    nullText: single(given, 'null') ?? (csv ? '' : '\\N'),
    header: headerOf(single(given, 'header')),
    quote: oneCharacter('quote', quote),
    escape: oneCharacter('escape', single(given, 'escape') ?? quote),
    forceQuote: list(given, 'force_quote'),
    forceNotNull: list(given, 'force_not_null'),
    forceNull: list(given, 'force_null'),
  });
}

function single(given: Given, name: string): string | undefined {
  const value = given.get(name);
  return typeof value === 'string' ? value : undefined;
}

function list(given: Given, name: string): readonly string[] {
  const value = given.get(name);
  return typeof value === 'string' || value === undefined ? [] : value;
}

function formatOf(name: string): CopyOptions['format'] {
  const format = FORMATS.find((known) => known === name.toLowerCase());
  if (format === undefined) throw new SqlError('22023', `COPY format "${name}" not recognized`);
  return format;
}

function headerOf(value: string | undefined): boolean | 'match' {
  if (value === undefined || /^(false|off|0)$/i.test(value)) return false;
  if (/^match$/i.test(value)) return 'match';
  if (/^(true|on|1)$/i.test(value)) return true;
  throw new SqlError('42601', 'header requires a Boolean value or "match"');
}

function oneCharacter(name: string, value: string): string {
  if (Buffer.byteLength(value) === 1) return value;
  throw new SqlError('0A000', `COPY ${name} must be a single one-byte character`);
}

function requireUtf8(encoding: string | undefined): void {
  if (encoding === undefined || /^(utf-?8|unicode|sql_ascii)$/i.test(encoding)) return;
  throw new SqlError('22023', `COPY encoding "${encoding}" is not supported`, {
    hint: "Use ENCODING 'UTF8'.",
  });
}
