import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallLog, LoggedAnswer, LoggedQuestion } from './call-log.ts';
import type { CallRecord } from './call-record.ts';
import { LogBatch } from './log-batch.ts';
import type { LogSpool } from './log-spool.ts';
import { rowOf } from './log-row.ts';
import { Reach } from './reach.ts';
import type { Store, StoreRow } from './store.ts';

export interface ClickHouseLogOptions {
  /** Rows at which a batch is written at once. */
  readonly batchRows?: number;
  /** Longest time a row waits for company, in milliseconds. */
  readonly batchMs?: number;
  /** How long statements wait for the store. */
  readonly reach?: Reach;
  /** Told once, when writing in the background starts to fail; flush() says it too. */
  readonly onTrouble?: (error: Error) => void;
  /** Where rows are while the store does not take them. */
  readonly spool?: LogSpool<StoreRow>;
}

/** Writing a batch as JSON is one turn of the event loop: about 10 ms. */
const BATCH_ROWS = 500;

/** Answer keys in one query: 16 bytes each in base64 stay below what a server takes as one parameter. */
const KEYS_PER_QUERY = 5_000;

/** With more keys than this, testing each against the filter of every granule costs more than reading the hashes. */
const KEYS_WORTH_FILTERING = 1_000;

/** Hashes taken without letting others have their turn. */
const HASHES_A_TURN = 512;

type HashColumn = 'answer_hash' | 'question_hash';

interface AnswerRow {
  readonly hash: string;
  readonly answer_key: string;
  readonly trace_id: string;
  readonly answer: string;
}

/** The log in ClickHouse: rows are written in batches, and everything appended is written before anything is read. */
export class ClickHouseLog implements CallLog {
  readonly #store: Store;
  readonly #batch: LogBatch<StoreRow>;
  readonly #reach: Reach;
  #lastIngested = 0;

  constructor(store: Store, options: ClickHouseLogOptions = {}) {
    this.#store = store;
    this.#reach = options.reach ?? new Reach(store);
    this.#batch = new LogBatch({
      rows: options.batchRows ?? BATCH_ROWS,
      milliseconds: options.batchMs ?? 250,
      write: (rows, token) => store.insert('log', 'rvbbit.unified_logs', rows, token),
      onTrouble: options.onTrouble ?? (() => undefined),
      ...(options.spool === undefined ? {} : { spool: options.spool }),
    });
  }

  append(record: CallRecord): void {
    this.#lastIngested = Math.max(this.#lastIngested + 1, Date.now() * 1000);
    this.#batch.add(rowOf(record, this.#lastIngested));
  }

  async findAnswers(answerKeys: readonly string[]): Promise<readonly LoggedAnswer[]> {
    const found = await this.#find('answer_hash', answerKeys);
    return found.map(([answerKey, row]) =>
      Object.freeze({ answerKey, traceId: row.trace_id, answer: row.answer }),
    );
  }

  async findByQuestion(questions: readonly string[]): Promise<readonly LoggedQuestion[]> {
    const found = await this.#find('question_hash', questions);
    return found.map(([question, row]) =>
      Object.freeze({ question, answerKey: row.answer_key, traceId: row.trace_id, answer: row.answer }),
    );
  }

  async flush(): Promise<void> {
    await this.#batch.flush();
  }

  /** Writes what is left and takes no more. */
  async close(): Promise<void> {
    await this.#batch.close();
  }

  /** The newest answer of each text that the log knows. */
  async #find(column: HashColumn, texts: readonly string[]): Promise<(readonly [string, AnswerRow])[]> {
    if (texts.length === 0) return [];
    return this.#reach.within(() => this.#read(column, texts));
  }

  async #read(column: HashColumn, texts: readonly string[]): Promise<(readonly [string, AnswerRow])[]> {
    await this.flush();
    const textOf = new Map<string, string>();
    for (const [at, text] of texts.entries()) {
      textOf.set(hashOf(text), text);
      if (at % HASHES_A_TURN === HASHES_A_TURN - 1) await nextTurn();
    }
    const hashes = [...textOf.keys()];
    const found = new Map<string, AnswerRow>();
    for (let from = 0; from < hashes.length; from += KEYS_PER_QUERY) {
      for (const row of await this.#findHashes(column, hashes.slice(from, from + KEYS_PER_QUERY))) {
        const text = textOf.get(row.hash);
        if (text !== undefined) found.set(text, row);
      }
    }
    return [...found];
  }

  async #findHashes(column: HashColumn, hashes: readonly string[]): Promise<readonly AnswerRow[]> {
    return this.#store.query<AnswerRow>(
      'answers',
      `SELECT lower(hex(${column})) AS hash, answer_key, trace_id, answer FROM rvbbit.unified_logs
       PREWHERE ${column} IN (
         SELECT toFixedString(substring(base64Decode({packed:String}), 1 + 16 * number, 16), 16)
         FROM numbers({count:UInt32}))
       WHERE error IS NULL ORDER BY ingested
       SETTINGS use_skip_indexes = ${hashes.length > KEYS_WORTH_FILTERING ? 0 : 1}`,
      { packed: Buffer.from(hashes.join(''), 'hex').toString('base64'), count: hashes.length },
    );
  }
}

/** As the columns of hashes: MD5, which is there to be short, not to keep a secret. Hex. */
function hashOf(answerKey: string): string {
  return createHash('md5').update(answerKey).digest('hex');
}
