import { SqlError } from '../../errors.ts';
import type { Notice } from '../../errors.ts';

/** The statement, as far as it is told. */
interface Told {
  notice(notice: Notice): void;
  readonly logReading?: LogReading;
}

/**
 * What one statement reads in the log. Where the log is out of reach it goes on as if the log were empty, which it is
 * told once, and asks no more: a log that is down costs it no more than one wait.
 */
export class LogReading {
  #outOfReach = false;

  constructor(private readonly scope: Told) {}

  /** Whether the statement has been warned. */
  get outOfReach(): boolean {
    return this.#outOfReach;
  }

  async read<Value>(find: () => Promise<ReadonlyMap<string, Value>>): Promise<ReadonlyMap<string, Value>> {
    if (this.#outOfReach) return new Map();
    try {
      return await find();
    } catch (error) {
      if (!(error instanceof SqlError) || error.code !== '58030') throw error;
      this.#warn(error);
      return new Map();
    }
  }

  #warn({ message }: SqlError): void {
    if (this.#outOfReach) return;
    this.#outOfReach = true;
    this.scope.notice({
      severity: 'WARNING',
      code: '01000',
      message: `the log is out of reach, so what it knows is asked again: ${message}`,
    });
  }
}

/** Of the statement, or of one question where no statement is evaluated. */
export function logReadingOf(scope: Told): LogReading {
  return scope.logReading ?? new LogReading(scope);
}
