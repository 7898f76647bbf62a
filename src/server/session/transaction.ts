import { SqlError } from '../../errors.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { sqlErrorOfDuckDB } from '../statements/duckdb-error.ts';
import type { TransactionStatus } from '../wire/backend/encode-backend.ts';
import type { Settings } from './settings.ts';
import type { StatementTables } from './statement-tables.ts';

type State = 'idle' | 'implicit' | 'block' | 'failed';

/** Told when a transaction ends, before the client is. */
export type TransactionEnd = (committed: boolean) => Promise<void>;

/**
 * The transaction of one session. Outside of a block DuckDB commits each statement by itself; several statements of
 * one message share an implicit transaction, which a BEGIN among them turns into a block.
 */
export class Transaction {
  #state: State = 'idle';
  #touched = false;
  #readOnly = false;

  constructor(
    private readonly connection: EngineConnection,
    private readonly settings: Settings,
    private readonly tables: StatementTables,
    private readonly onEnd: TransactionEnd,
  ) {}

  get status(): TransactionStatus {
    if (this.#state === 'block') return 'T';
    return this.#state === 'failed' ? 'E' : 'I';
  }

  /** Whether DuckDB has a transaction open. */
  get open(): boolean {
    return this.#state === 'implicit' || this.#state === 'block';
  }

  get inBlock(): boolean {
    return this.#state === 'block' || this.#state === 'failed';
  }

  /** Throws 25P02 where the block has failed: nothing but its end is listened to. */
  requireSound(): void {
    if (this.#state !== 'failed') return;
    throw new SqlError(
      '25P02',
      'current transaction is aborted, commands ignored until end of transaction block',
    );
  }

  async beginBlock(readOnly: boolean): Promise<void> {
    if (this.#state === 'idle') await this.#begin(readOnly);
    this.#state = 'block';
  }

  /** A statement has worked in the transaction: it cannot be begun anew without loss. */
  touch(): void {
    this.#touched = true;
  }

  /** Begins the open block anew with another mode. Throws 25001 where it has done something. */
  async restart(readOnly: boolean): Promise<void> {
    if (this.#touched) {
      throw new SqlError('25001', 'the transaction mode must be set before any query of the transaction');
    }
    await this.#control('ROLLBACK');
    await this.#control(readOnly ? 'BEGIN TRANSACTION READ ONLY' : 'BEGIN TRANSACTION');
    this.#readOnly = readOnly;
  }

  /** Names DuckDB's transaction; null where an error has ended it. */
  async id(): Promise<string | null> {
    try {
      const [row] = await this.connection.runInternal('SELECT txid_current()');
      return String(row?.[0]);
    } catch (error) {
      if (sqlErrorOfDuckDB(error, '').code === '25P02') return null;
      throw error;
    }
  }

  /** The open block goes on in a new, empty transaction of DuckDB's, with the settings that it began with. */
  async startOver(): Promise<void> {
    this.tables.rollback();
    this.settings.rollback();
    await this.#rollbackDuckDB();
    await this.#begin(this.#readOnly);
    this.#state = 'block';
  }

  /** A failed block is heard again. */
  goOn(): void {
    this.#state = 'block';
  }

  async beginImplicit(): Promise<void> {
    if (this.#state !== 'idle') return;
    await this.#begin(false);
    this.#state = 'implicit';
  }

  /** Gives whether the work was kept: a failed block is rolled back. */
  async commit(): Promise<boolean> {
    if (this.#state === 'failed') {
      await this.rollback();
      return false;
    }
    if (this.#state !== 'idle') await this.#commitOpen();
    return true;
  }

  async rollback(): Promise<void> {
    if (this.#state !== 'idle') await this.#undo();
  }

  /** Ends what several statements of one message shared. */
  async endImplicit(): Promise<void> {
    if (this.#state === 'implicit') await this.commit();
  }

  /** After a statement has failed. */
  async fail(): Promise<void> {
    if (this.#state === 'implicit') await this.#undo();
    else if (this.#state === 'block') this.#state = 'failed';
  }

  async #begin(readOnly: boolean): Promise<void> {
    await this.#control(readOnly ? 'BEGIN TRANSACTION READ ONLY' : 'BEGIN TRANSACTION');
    this.#touched = false;
    this.#readOnly = readOnly;
    this.settings.begin();
    this.tables.begin();
  }

  async #commitOpen(): Promise<void> {
    try {
      await this.tables.commit();
      await this.#control('COMMIT');
    } catch (error) {
      await this.#undo();
      throw error;
    }
    this.#state = 'idle';
    this.settings.commit();
    await this.onEnd(true);
  }

  async #undo(): Promise<void> {
    this.#state = 'idle';
    this.tables.rollback();
    this.settings.rollback();
    await this.#rollbackDuckDB();
    await this.onEnd(false);
  }

  /** DuckDB may have ended the transaction by itself when a statement failed. */
  async #rollbackDuckDB(): Promise<void> {
    try {
      await this.#control('ROLLBACK');
    } catch (error) {
      if (!(error instanceof SqlError) || error.code !== '25P01') throw error;
    }
  }

  async #control(sql: string): Promise<void> {
    try {
      await this.connection.runInternal(sql);
    } catch (error) {
      throw sqlErrorOfDuckDB(error, sql);
    }
  }
}
