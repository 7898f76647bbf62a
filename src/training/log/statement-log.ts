import { LogBatch } from './log-batch.ts';
import type { LogSpool } from './log-spool.ts';
import { timestampText } from './log-row.ts';
import type { Store, StoreRow } from './store.ts';

/** One statement that asked for meaning, as it ended. */
export interface StatementRecord {
  readonly statementId: string;
  readonly sessionId: string;
  /** Microseconds since the epoch, UTC. */
  readonly startedAtUs: bigint;
  readonly caller: 'sql' | 'rest' | 'cli';
  readonly database: string;
  readonly userName: string;
  /** As the user sent it. */
  readonly sql: string;
  /** Returned or changed. */
  readonly rows: number;
  /** Distinct answers by where they came from. */
  readonly fromMemory: number;
  readonly fromLog: number;
  readonly fromModel: number;
  readonly fromProxy: number;
  readonly fromHuman: number;
  readonly durationMs: number;
  readonly error: string | null;
}

/** The statements behind the calls of `unified_logs`, written in batches. */
export class StatementLog {
  readonly #batch: LogBatch<StoreRow>;

  constructor(store: Store, onTrouble: (error: Error) => void, spool?: LogSpool<StoreRow>) {
    this.#batch = new LogBatch({
      rows: 1_000,
      milliseconds: 250,
      write: (rows, token) => store.insert('log', 'rvbbit.sql_statements', rows, token),
      onTrouble,
      ...(spool === undefined ? {} : { spool }),
    });
  }

  /** Does not wait; trouble with the store surfaces in flush(). */
  append(record: StatementRecord): void {
    this.#batch.add(statementRow(record));
  }

  async flush(): Promise<void> {
    await this.#batch.flush();
  }

  async close(): Promise<void> {
    await this.#batch.close();
  }
}

function statementRow(record: StatementRecord): StoreRow {
  return {
    statement_id: record.statementId,
    session_id: record.sessionId,
    started_at: timestampText(record.startedAtUs),
    caller: record.caller,
    database: record.database,
    user_name: record.userName,
    sql: record.sql,
    rows: record.rows,
    from_memory: record.fromMemory,
    from_log: record.fromLog,
    from_model: record.fromModel,
    from_proxy: record.fromProxy,
    from_human: record.fromHuman,
    duration_ms: record.durationMs,
    error: record.error,
  };
}
