import { Writer } from 'pg-protocol/dist/buffer-writer.js';
import type { Notice, SqlError } from '../../../errors.ts';
import type { FormatCode } from '../frontend/frontend-message.ts';

/** One column of a RowDescription. */
export interface WireColumn {
  readonly name: string;
  readonly oid: number;
  /** Bytes of a value; -1 where they vary. */
  readonly length: number;
  readonly typmod: number;
}

export type TransactionStatus = 'I' | 'T' | 'E';

function message(type: string, write: (writer: Writer) => void = () => undefined): Buffer {
  const writer = new Writer(64);
  write(writer);
  return writer.flush(type.charCodeAt(0));
}

export function authenticationOk(): Buffer {
  return message('R', (writer) => writer.addInt32(0));
}

export function authenticationCleartextPassword(): Buffer {
  return message('R', (writer) => writer.addInt32(3));
}

export function authenticationMD5Password(salt: Buffer): Buffer {
  return message('R', (writer) => writer.addInt32(5).add(salt));
}

export function authenticationSASL(mechanisms: readonly string[]): Buffer {
  return message('R', (writer) => {
    writer.addInt32(10);
    for (const mechanism of mechanisms) writer.addCString(mechanism);
    writer.addCString('');
  });
}

export function authenticationSASLContinue(data: string): Buffer {
  return message('R', (writer) => writer.addInt32(11).addString(data));
}

export function authenticationSASLFinal(data: string): Buffer {
  return message('R', (writer) => writer.addInt32(12).addString(data));
}

/** `version` is the newest that is served, as major << 16 | minor. */
export function negotiateProtocolVersion(version: number, unknownOptions: readonly string[]): Buffer {
  return message('v', (writer) => {
    writer.addInt32(version).addInt32(unknownOptions.length);
    for (const option of unknownOptions) writer.addCString(option);
  });
}

export function backendKeyData(pid: number, secret: Buffer): Buffer {
  return message('K', (writer) => writer.addInt32(pid).add(secret));
}

export function parameterStatus(name: string, value: string): Buffer {
  return message('S', (writer) => writer.addCString(name).addCString(value));
}

export function readyForQuery(status: TransactionStatus): Buffer {
  return message('Z', (writer) => writer.addString(status));
}

export function rowDescription(
  columns: readonly WireColumn[],
  formatOf: (index: number) => FormatCode,
): Buffer {
  return message('T', (writer) => {
    writer.addInt16(columns.length);
    columns.forEach((column, index) => {
      writer.addCString(column.name).addInt32(0).addInt16(0);
      writer.addInt32(column.oid).addInt16(column.length).addInt32(column.typmod).addInt16(formatOf(index));
    });
  });
}

export function parameterDescription(oids: readonly number[]): Buffer {
  return message('t', (writer) => {
    writer.addInt16(oids.length);
    for (const oid of oids) writer.addInt32(oid);
  });
}

export function noData(): Buffer {
  return message('n');
}

export function parseComplete(): Buffer {
  return message('1');
}

export function bindComplete(): Buffer {
  return message('2');
}

export function closeComplete(): Buffer {
  return message('3');
}

export function portalSuspended(): Buffer {
  return message('s');
}

export function emptyQueryResponse(): Buffer {
  return message('I');
}

export function commandComplete(tag: string): Buffer {
  return message('C', (writer) => writer.addCString(tag));
}

export function copyInResponse(format: FormatCode, columnCount: number): Buffer {
  return message('G', (writer) => copyFormats(writer, format, columnCount));
}

export function copyOutResponse(format: FormatCode, columnCount: number): Buffer {
  return message('H', (writer) => copyFormats(writer, format, columnCount));
}

export function copyDone(): Buffer {
  return message('c');
}

export function notificationResponse(pid: number, channel: string, payload: string): Buffer {
  return message('A', (writer) => writer.addInt32(pid).addCString(channel).addCString(payload));
}

export function errorResponse(error: SqlError): Buffer {
  return message('E', (writer) => reportFields(writer, error));
}

export function noticeResponse(notice: Notice): Buffer {
  return message('N', (writer) => reportFields(writer, notice));
}

function copyFormats(writer: Writer, format: FormatCode, columnCount: number): void {
  writer.add(Buffer.from([format])).addInt16(columnCount);
  for (let index = 0; index < columnCount; index += 1) writer.addInt16(format);
}

function reportFields(
  writer: Writer,
  report: Pick<SqlError, 'code' | 'message'> & {
    readonly severity: string;
    readonly detail?: string | undefined;
    readonly hint?: string | undefined;
    readonly position?: number | undefined;
  },
): void {
  field(writer, 'S', report.severity);
  field(writer, 'V', report.severity);
  field(writer, 'C', report.code);
  field(writer, 'M', report.message);
  if (report.detail !== undefined) field(writer, 'D', report.detail);
  if (report.hint !== undefined) field(writer, 'H', report.hint);
  if (report.position !== undefined) field(writer, 'P', String(report.position));
  writer.addCString('');
}

/** A zero byte ends a field, so none may be inside. */
function field(writer: Writer, code: string, text: string): void {
  writer.addString(code).addCString(text.replaceAll('\0', ''));
}
