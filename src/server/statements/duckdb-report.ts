/** What DuckDB says of an error. */
export interface DuckDBReport {
  /** `Catalog`, `Binder`, `Constraint`, …: the word before " Error:". */
  readonly kind: string;
  readonly message: string;
  /** 0-based byte offset in the statement's UTF-8 text. */
  readonly byteOffset: number | null;
  readonly subtype: string | null;
  /** `Table`, `Scalar Function`, `Schema`, … and its name, where something is missing or there twice. */
  readonly entryType: string | null;
  readonly entryName: string | null;
}

/** Reads both forms of DuckDB's errors: JSON (`SET errors_as_json = true`) and text with a `LINE n:` caret. */
export function readDuckDBReport(text: string, sql: string): DuckDBReport {
  return reportFromJson(text) ?? reportFromText(text, sql);
}

function reportFromJson(text: string): DuckDBReport | null {
  const open = text.indexOf('{"exception_type"');
  if (open < 0) return null;
  const fields = parseFields(text.slice(open));
  if (fields === null) return null;
  return Object.freeze({
    kind: fields.exception_type ?? 'Internal',
    message: fields.exception_message ?? text,
    byteOffset: fields.position === undefined ? null : Number(fields.position),
    subtype: fields.error_subtype ?? null,
    entryType: fields.type ?? null,
    entryName: fields.name ?? null,
  });
}

/** null where the text is no JSON after all: it is then read as plain text. */
function parseFields(json: string): Partial<Record<string, string>> | null {
  try {
    return JSON.parse(json) as Partial<Record<string, string>>;
  } catch {
    return null;
  }
}

function reportFromText(text: string, sql: string): DuckDBReport {
  const match = /^([A-Z][A-Za-z/ -]*?) Error: ([\s\S]*)$/.exec(text);
  const body = match?.[2] ?? text;
  const caret = body.search(/\n+LINE \d+: /);
  const message = caret < 0 ? body : body.slice(0, caret);
  return Object.freeze({
    kind: match?.[1] ?? 'Internal',
    message,
    byteOffset: caret < 0 ? null : caretOffset(body.slice(caret), sql),
    subtype: null,
    ...missingEntry(message),
  });
}

function missingEntry(message: string): Pick<DuckDBReport, 'entryType' | 'entryName'> {
  const column = /^Referenced column "(.*?)" (?:was )?not found/.exec(message);
  if (column !== null) return { entryType: 'Column', entryName: column[1] ?? null };
  const match = /^(.*?) with name "?(.*?)"? (?:does not exist|already exists)/.exec(message);
  return { entryType: match?.[1] ?? null, entryName: match?.[2] ?? null };
}

/** null where DuckDB shortened the line, so that its caret no longer tells a column. */
function caretOffset(excerpt: string, sql: string): number | null {
  const match = /LINE (\d+): (.*)\n( *)\^/.exec(excerpt);
  if (match === null) return null;
  const [, line = '1', shown = '', blanks = ''] = match;
  const lines = sql.split('\n');
  if (lines[Number(line) - 1] !== shown) return null;
  const column = blanks.length - `LINE ${line}: `.length;
  const before = lines.slice(0, Number(line) - 1).join('\n');
  const start = before.length === 0 ? 0 : Buffer.byteLength(before) + 1;
  return start + Buffer.byteLength(shown.slice(0, column));
}
