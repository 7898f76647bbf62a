import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBInstance,
  type DuckDBType,
  VARCHAR,
} from '@duckdb/node-api';
import type { SqlFunction } from '../../operators/cascade/cascade.ts';
import type { AnswerTable } from '../../operators/evaluation/answer-table.ts';
import { isText } from '../../operators/evaluation/argument-value.ts';
import { AnswerRows } from './answer-rows.ts';
import { resultOf } from './answer-writers.ts';
import { identifier } from './identifier.ts';
import { OPERATOR_CATALOG } from './operator-catalog.ts';
import { ANSWER_COLUMN, HASH_COLUMN } from './plan/known-columns.ts';
import type { WriteCount } from './write-count.ts';

/** A table that DuckDB looks answers up in. */
export interface KnownAnswersTable {
  readonly name: readonly string[];
  readonly answers: number;
}

/** When it pays to have DuckDB look answers up. */
export interface KnownAnswersPolicy {
  /** Rows that the function has answered before a table is made. */
  readonly lookupsBeforeFirst: number;
  /** Whether to look up so many rows, as DuckDB estimates, in so many answers: DuckDB reads all of them first. */
  readonly pays: (rows: number, answers: number) => boolean;
}

const DEFAULT_POLICY: KnownAnswersPolicy = Object.freeze({
  lookupsBeforeFirst: 50_000,
  pays: (rows: number, answers: number) => rows >= 50_000 && rows >= answers,
});

interface Filled {
  readonly name: string;
  /** A byte for each slot of the answer table, set where the answer is here or never will be. */
  slots: Uint8Array;
  answers: number;
  /** Of the answer table, when it was last filled. */
  lookups: number;
}

const CHUNKS_A_TURN = 8;
const COLUMN_TYPES: readonly DuckDBType[] = Object.freeze([BOOLEAN, DOUBLE, VARCHAR]);

/**
 * Tables of known answers beside the operators' macros: hash of the arguments, and the answer. DuckDB joins them, in
 * all its threads, where asking the function would take a turn of the one thread that runs JavaScript. A table holds
 * answers of one answer table, which never change; it is filled when the rows that the function answered outnumber
 * those to be filled in, and dropped when the answer table is gone. About 10 bytes an answer.
 */
export class KnownAnswers {
  readonly #filled = new WeakMap<AnswerTable, Filled>();
  readonly #gone = new FinalizationRegistry<string>((name) => this.#drop(name));
  #connecting: Promise<DuckDBConnection> | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #made = 0;
  #closed = false;

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly writes: WriteCount,
    readonly policy: KnownAnswersPolicy = DEFAULT_POLICY,
  ) {}

  /** null where DuckDB is not to look answers of this operator up itself. */
  async table(sql: SqlFunction, answers: AnswerTable): Promise<KnownAnswersTable | null> {
    const type = columnType(sql);
    if (type === null || answers.isAmbiguous) return null;
    const known = this.#filled.get(answers);
    const missing = answers.answered - (known?.answers ?? 0);
    const asked = answers.lookups - (known?.lookups ?? 0);
    if (missing > 0 && asked >= Math.max(missing, known === undefined ? this.policy.lookupsBeforeFirst : 0)) {
      const filling = this.#turn.then(() => this.#fill(answers, type));
      this.#turn = filling.catch(() => undefined);
      await filling;
    }
    const filled = this.#filled.get(answers);
    if (filled === undefined) return null;
    return Object.freeze({ name: [OPERATOR_CATALOG, 'main', filled.name], answers: filled.answers });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#turn;
    (await this.#connecting)?.closeSync();
  }

  async #fill(answers: AnswerTable, type: DuckDBType): Promise<void> {
    if (this.#closed) return;
    const connection = await this.#connection();
    const filled = this.#filled.get(answers) ?? (await this.#create(connection, answers, type));
    const { hashes, slots } = answers.answersBut(filled.slots);
    const rows = new AnswerRows(type, answers, hashes, slots);
    const appender = await connection.createAppender(filled.name, 'main', OPERATOR_CATALOG);
    try {
      for (let chunk = rows.next(), at = 1; chunk !== null; chunk = rows.next(), at += 1) {
        appender.appendDataChunk(chunk);
        if (at % CHUNKS_A_TURN === 0) await nextTurn();
      }
      appender.flushSync();
      // What DuckDB planned on the rows that were there before.
      this.writes.add();
    } finally {
      appender.closeSync();
    }
    filled.slots = withAll(filled.slots, slots, answers.size);
    filled.answers += slots.length;
    filled.lookups = answers.lookups;
  }

  async #create(connection: DuckDBConnection, answers: AnswerTable, type: DuckDBType): Promise<Filled> {
    this.#made += 1;
    const name = `known answers ${this.#made}`;
    const columns = `${HASH_COLUMN} UBIGINT, ${ANSWER_COLUMN} ${type.toString()}`;
    await connection.run(`CREATE TABLE ${OPERATOR_CATALOG}.main.${identifier(name)} (${columns})`);
    const filled: Filled = { name, slots: new Uint8Array(0), answers: 0, lookups: 0 };
    this.#filled.set(answers, filled);
    this.#gone.register(answers, name);
    return filled;
  }

  /** Nobody holds the answer table any more, so no statement reads this one. One that stays costs its memory only. */
  #drop(name: string): void {
    const dropping = this.#turn.then(async () => {
      if (this.#closed) return;
      await (await this.#connection()).run(`DROP TABLE ${OPERATOR_CATALOG}.main.${identifier(name)}`);
    });
    this.#turn = dropping.catch(() => undefined);
  }

  #connection(): Promise<DuckDBConnection> {
    this.#connecting ??= this.instance.connect();
    return this.#connecting;
  }
}

function withAll(marks: Uint8Array, slots: Int32Array, size: number): Uint8Array {
  const grown = new Uint8Array(size);
  grown.set(marks);
  for (const slot of slots) grown[slot] = 1;
  return grown;
}

/** null for operators whose arguments or answers are no plain texts, numbers or truth values. */
function columnType({ shape, args, returns, returnsArg }: SqlFunction): DuckDBType | null {
  if (shape !== 'scalar' || (returnsArg ?? '') !== '' || !args.every(({ type }) => isText(type))) return null;
  const { type, cast } = resultOf(returns);
  return !cast && COLUMN_TYPES.includes(type) ? type : null;
}
