import type { CallRecord } from './call-record.ts';

export interface LoggedAnswer {
  readonly answerKey: string;
  readonly traceId: string;
  /** JSON of the cascade's answer. */
  readonly answer: string;
}

/** The newest answer to a question, whatever examples it was given with. */
export interface LoggedQuestion extends LoggedAnswer {
  readonly question: string;
}

/** The log of model calls, and the store in which answers are found again. */
export interface CallLog {
  /** Takes the row into the batch; does not wait. Rejects nothing: trouble with the store surfaces in flush(). */
  append(record: CallRecord): void;
  /**
   * The answers known for these keys; any number of keys, sent in bulk. Reads own writes. Rejects with SqlError 58030
   * within 250 ms where the store is down.
   */
  findAnswers(answerKeys: readonly string[]): Promise<readonly LoggedAnswer[]>;
  /** The newest answer of each of these questions: the half of an answer key before its dot. As `findAnswers`. */
  findByQuestion(questions: readonly string[]): Promise<readonly LoggedQuestion[]>;
  /** Resolves when everything appended before is on disk. */
  flush(): Promise<void>;
}
