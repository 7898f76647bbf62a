import { SqlError } from '../../errors.ts';

/** A run-time parameter, as SET and SHOW know it. */
export interface Setting {
  /** With the case that PostgreSQL shows. */
  readonly name: string;
  readonly initial: string;
  readonly description: string;
  /** Told to clients when they connect and whenever it changes. */
  readonly reported: boolean;
  readonly readOnly: boolean;
  /** The value as it is kept and shown. Throws SqlError 22023. */
  readonly normalize: (value: string) => string;
}

export function invalidSetting(name: string, value: string, hint?: string): SqlError {
  return new SqlError(
    '22023',
    `invalid value for parameter "${name}": "${value}"`,
    hint === undefined ? {} : { hint },
  );
}

const ON = /^(on|true|t|yes|y|1)$/i;
const OFF = /^(off|false|f|no|n|0)$/i;

export function booleanValue(name: string): (value: string) => string {
  return (value) => {
    if (ON.test(value)) return 'on';
    if (OFF.test(value)) return 'off';
    throw new SqlError('22023', `parameter "${name}" requires a Boolean value`);
  };
}

export function oneOf(name: string, values: readonly string[]): (value: string) => string {
  return (value) => {
    const found = values.find((known) => known.toLowerCase() === value.toLowerCase());
    if (found === undefined) throw invalidSetting(name, value, `Available values: ${values.join(', ')}.`);
    return found;
  };
}

export function wholeNumber(name: string, least: number, most: number): (value: string) => string {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number)) throw invalidSetting(name, value);
    if (number >= least && number <= most) return String(number);
    throw new SqlError(
      '22023',
      `${number} is outside the valid range for parameter "${name}" (${least} .. ${most})`,
    );
  };
}
