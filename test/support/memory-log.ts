import type { CallLog, LoggedAnswer, LoggedQuestion } from '../../src/training/log/call-log.ts';
import type { CallRecord } from '../../src/training/log/call-record.ts';

/** A log that lives as long as the test, for tests that are not about the store. */
export class MemoryLog implements CallLog {
  readonly records: CallRecord[] = [];
  readonly lookups: number[] = [];

  append(record: CallRecord): void {
    this.records.push(record);
    const { answerKey, traceId, answer } = record;
    if (answerKey !== '') this.#answers.set(answerKey, { answerKey, traceId, answer });
  }

  remember(answerKey: string, value: unknown): void {
    this.#answers.set(answerKey, { answerKey, traceId: `trace-${answerKey}`, answer: JSON.stringify(value) });
  }

  async findAnswers(answerKeys: readonly string[]): Promise<readonly LoggedAnswer[]> {
    this.lookups.push(answerKeys.length);
    return answerKeys.flatMap((key) => this.#answers.get(key) ?? []);
  }

  async findByQuestion(questions: readonly string[]): Promise<readonly LoggedQuestion[]> {
    const answers = [...this.#answers.values()].reverse();
    return questions.flatMap((question) => {
      const found = answers.find(({ answerKey }) => answerKey.startsWith(`${question}.`));
      return found === undefined ? [] : [{ ...found, question }];
    });
  }

  async flush(): Promise<void> {
    await Promise.resolve();
  }

  readonly #answers = new Map<string, LoggedAnswer>();
}
