import { BodyReader } from './body-reader.ts';
import { protocolViolation } from './protocol-violation.ts';

/** What a client may say before it is a session (PostgreSQL's manual, 55.2 and 55.7). */
export type StartupPacket =
  | { readonly kind: 'ssl' }
  | { readonly kind: 'gss' }
  | { readonly kind: 'cancel'; readonly pid: number; readonly secret: Buffer }
  | {
      readonly kind: 'startup';
      readonly major: number;
      readonly minor: number;
      /** In the order sent. */
      readonly parameters: ReadonlyMap<string, string>;
    };

const CANCEL = 80877102;
const SSL = 80877103;
const GSS = 80877104;
const MAX_SECRET = 256;

/** `body` begins after the length word. */
export function startupPacket(body: Buffer): StartupPacket {
  const reader = new BodyReader(body);
  const code = reader.int32();
  if (code === SSL) return Object.freeze({ kind: 'ssl' });
  if (code === GSS) return Object.freeze({ kind: 'gss' });
  if (code === CANCEL) return cancelRequest(reader);
  return Object.freeze({
    kind: 'startup',
    major: code >>> 16,
    minor: code & 0xffff,
    parameters: code >>> 16 === 3 ? parametersOf(reader) : new Map<string, string>(),
  });
}

/** The secret is 4 bytes long up to protocol 3.0 and up to 256 from 3.2 on. */
function cancelRequest(reader: BodyReader): StartupPacket {
  const pid = reader.int32();
  const secret = reader.rest();
  if (secret.length < 4 || secret.length > MAX_SECRET)
    throw protocolViolation('invalid length of cancel request');
  return Object.freeze({ kind: 'cancel', pid, secret });
}

function parametersOf(reader: BodyReader): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (let name = reader.cstring(); name !== ''; name = reader.cstring()) {
    parameters.set(name, reader.cstring());
  }
  if (reader.left > 0)
    throw protocolViolation('invalid startup packet layout: expected terminator as last byte');
  return parameters;
}
