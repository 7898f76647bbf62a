import { BodyReader } from '../body-reader.ts';
import type { Frame } from '../frame-reader.ts';
import { malformedMessage, protocolViolation } from '../protocol-violation.ts';
import type {
  BindMessage,
  ExecuteMessage,
  FormatCode,
  FrontendMessage,
  ParseMessage,
  TargetMessage,
} from './frontend-message.ts';

type Decoder = (reader: BodyReader) => FrontendMessage;

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['Q', query],
  ['P', parse],
  ['B', bind],
  ['D', (reader) => target(reader, 'describe')],
  ['C', (reader) => target(reader, 'close')],
  ['E', execute],
  ['H', () => ({ type: 'flush' })],
  ['S', () => ({ type: 'sync' })],
  ['d', copyData],
  ['c', () => ({ type: 'copyDone' })],
  ['f', copyFail],
  ['X', () => ({ type: 'terminate' })],
]);

/** Throws 08P01: FATAL on an unknown type, an ERROR on a body that is too short or too long. */
export function decodeFrontend(frame: Frame): FrontendMessage {
  const decode = DECODERS.get(String.fromCharCode(frame.type));
  if (decode === undefined) throw protocolViolation(`invalid frontend message type ${frame.type}`);
  const reader = new BodyReader(frame.body);
  const message = decode(reader);
  reader.end();
  return message;
}

function query(reader: BodyReader): FrontendMessage {
  return { type: 'query', sql: reader.cstring() };
}

function parse(reader: BodyReader): ParseMessage {
  const name = reader.cstring();
  const sql = reader.cstring();
  return { type: 'parse', name, sql, parameterOids: repeat(reader.count(4), () => reader.int32() >>> 0) };
}

function bind(reader: BodyReader): BindMessage {
  return {
    type: 'bind',
    portal: reader.cstring(),
    statement: reader.cstring(),
    parameterFormats: formats(reader),
    values: repeat(reader.count(4), () => value(reader)),
    resultFormats: formats(reader),
  };
}

function formats(reader: BodyReader): readonly FormatCode[] {
  return repeat(reader.count(2), () => {
    const code = reader.int16();
    if (code !== 0 && code !== 1) throw malformedMessage(`unsupported format code: ${code}`);
    return code;
  });
}

function value(reader: BodyReader): Buffer | null {
  const length = reader.int32();
  return length === -1 ? null : reader.take(length);
}

function target(reader: BodyReader, type: 'describe' | 'close'): TargetMessage {
  const kind = String.fromCharCode(reader.byte());
  if (kind !== 'S' && kind !== 'P')
    throw malformedMessage(`invalid ${type.toUpperCase()} message subtype ${kind}`);
  return { type, target: kind === 'S' ? 'statement' : 'portal', name: reader.cstring() };
}

function execute(reader: BodyReader): ExecuteMessage {
  return { type: 'execute', portal: reader.cstring(), maxRows: Math.max(0, reader.int32()) };
}

function copyData(reader: BodyReader): FrontendMessage {
  return { type: 'copyData', bytes: reader.rest() };
}

function copyFail(reader: BodyReader): FrontendMessage {
  return { type: 'copyFail', reason: reader.cstring() };
}

function repeat<T>(count: number, make: () => T): readonly T[] {
  return Array.from({ length: count }, make);
}
