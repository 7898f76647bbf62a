import { type DuckDBValue, listValue } from '@duckdb/node-api';
import { SqlError } from '../../../errors.ts';
import type { Session } from '../../session/session.ts';
import type { StatementRun } from '../../session/statement-run.ts';
import type { FormatCode } from '../../wire/frontend/frontend-message.ts';
import { BinaryRowDecoder } from './binary-decoder.ts';
import type { CopyInFlow } from '../plan.ts';
import type { CopyOptions } from './copy-options.ts';
import { atLine, type CopyTarget } from './copy-target.ts';
import { CsvRowDecoder } from './csv-decoder.ts';
import type { RawRow, RowDecoder } from './row-decoder.ts';
import { TextRowDecoder } from './text-decoder.ts';

/** Rows of one INSERT: enough to make its cost small, few enough to keep memory flat. */
const BATCH = 8192;

/** Rows on their way from a client into a table. Nothing stays unless `finish` resolves and the transaction commits. */
export class CopyIn implements CopyInFlow {
  readonly #decoder: RowDecoder;
  readonly #columns: DuckDBValue[][];
  #rows = 0;
  #firstLine = 0;
  #copied = 0;

  constructor(
    private readonly session: Session,
    private readonly target: CopyTarget,
    private readonly options: CopyOptions,
    private readonly run: StatementRun,
  ) {
    this.#decoder = decoderOf(options, target);
    this.#columns = target.columns.map(() => []);
  }

  get columnCount(): number {
    return this.target.columns.length;
  }

  get format(): FormatCode {
    return this.options.format === 'binary' ? 1 : 0;
  }

  async write(bytes: Buffer): Promise<void> {
    this.run.scope.signal.throwIfAborted();
    await this.#take(this.#decoder.push(bytes));
  }

  /** Gives how many rows were copied. */
  async finish(): Promise<number> {
    await this.#take(this.#decoder.finish());
    await this.#flush();
    return this.#copied;
  }

  async #take(rows: readonly RawRow[]): Promise<void> {
    const style = this.session.style();
    for (const row of rows) {
      if (this.#rows === 0) this.#firstLine = row.line;
      this.target.valuesOf(row, style).forEach((value, index) => this.#columns[index]?.push(value));
      this.#rows += 1;
      if (this.#rows >= BATCH) await this.#flush();
    }
  }

  async #flush(): Promise<void> {
    if (this.#rows === 0) return;
    const values = this.#columns.map((column) => listValue(column.splice(0)));
    const count = this.#rows;
    this.#rows = 0;
    const loaded = await this.session.tables.load(this.target.insert, values, this.run.scope);
    const statement = {
      sql: loaded.sql,
      selectForms: [],
      changesData: true,
      parameterTypes: this.target.listTypes,
    };
    try {
      const result = await this.session.connection.run(statement, values, this.run.scope);
      await result.close();
      await loaded.finish();
    } catch (error) {
      await loaded.abandon();
      throw withoutPosition(error, this.#firstLine);
    }
    this.#copied += count;
  }
}

function decoderOf(options: CopyOptions, target: CopyTarget): RowDecoder {
  const names = target.columns.map(({ name }) => name);
  if (options.format === 'binary') return new BinaryRowDecoder();
  return options.format === 'csv' ? new CsvRowDecoder(options, names) : new TextRowDecoder(options);
}

/** A place in the INSERT says nothing to the client. */
function withoutPosition(error: unknown, line: number): unknown {
  if (!(error instanceof SqlError)) return error;
  return atLine(error, { line });
}
