import { SqlError } from '../../../errors.ts';

export function invalidText(typeName: string, text: string): SqlError {
  return new SqlError('22P02', `invalid input syntax for type ${typeName}: "${text}"`);
}

export function outOfRange(typeName: string, text: string): SqlError {
  return new SqlError('22003', `value "${text}" is out of range for type ${typeName}`);
}

export function invalidTime(typeName: string, text: string): SqlError {
  return new SqlError('22007', `invalid input syntax for type ${typeName}: "${text}"`);
}

export function timeOutOfRange(text: string): SqlError {
  return new SqlError('22008', `date/time field value out of range: "${text}"`);
}

/** Throws unless `bytes` has the length of the type. */
export function checkLength(bytes: Buffer, length: number): void {
  if (bytes.length !== length) throw new SqlError('22P03', 'incorrect binary data format in bind parameter');
}
