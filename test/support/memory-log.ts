import type { CallLog, LoggedAnswer } from '../../src/training/log/call-log.ts';
import type { CallRecord } from '../../src/training/log/call-record.ts';

/** A log that lives as long as the test, for tests that are not about the store. */
export class MemoryLog implements CallLog {
  readonly records: CallRecord[] = [];
  readonly lookups: number[] = [];

  append(record: CallRecord): void {
    this.records.push(record);
  }

  remember(answerKey: string, value: unknown): void {
    this.#answers.set(answerKey, { answerKey, traceId: `trace-${answerKey}`, answer: JSON.stringify(value) });
  }

  async findAnswers(answerKeys: readonly string[]): Promise<readonly LoggedAnswer[]> {
    this.lookups.push(answerKeys.length);
    return answerKeys.flatMap((key) => this.#answers.get(key) ?? []);
  }

  async flush(): Promise<void> {
    await Promise.resolve();
  }

  readonly #answers = new Map<string, LoggedAnswer>();
}
