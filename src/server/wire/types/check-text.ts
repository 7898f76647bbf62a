import { SqlError } from '../../../errors.ts';

/** The text itself. Throws 22021 on a zero byte, which no text of PostgreSQL holds. */
export function checkText(text: string): string {
  if (text.includes('\0')) throw new SqlError('22021', 'invalid byte sequence for encoding "UTF8": 0x00');
  return text;
}
