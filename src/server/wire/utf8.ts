import { isUtf8 } from 'node:buffer';
import { SqlError } from '../../errors.ts';

/** Text of bytes that a client sent. Throws 22021 where they are no UTF-8. */
export function utf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new SqlError('22021', 'invalid byte sequence for encoding "UTF8"');
  return bytes.toString('utf8');
}
