import type { Execution } from '../statements/plan.ts';
import type { BoundParameters } from '../statements/bound-parameters.ts';
import type { FormatCode } from '../wire/frontend/frontend-message.ts';
import type { RowEncoder } from '../wire/rows/row-encoder.ts';
import type { JournalEntry } from './journal.ts';
import type { PreparedStatement } from './prepared-statement.ts';
import type { StatementRun } from './statement-run.ts';

/** A prepared statement with its values: run once, in as many steps as the client asks for. */
export class Portal<S> {
  run: StatementRun | null = null;
  execution: Execution | null = null;
  encoder: RowEncoder | null = null;
  entry: JournalEntry<S> | null = null;
  sent = 0;
  finished = false;

  constructor(
    readonly name: string,
    readonly statement: PreparedStatement<S>,
    readonly parameters: BoundParameters,
    readonly resultFormats: readonly FormatCode[],
  ) {}

  /** One code is for all columns; none is text. */
  formatOf(index: number): FormatCode {
    if (this.resultFormats.length <= 1) return this.resultFormats[0] ?? 0;
    return this.resultFormats[index] ?? 0;
  }

  async close(): Promise<void> {
    this.run?.pause();
    if (this.execution?.kind === 'rows') await this.execution.cursor.close();
    this.execution = null;
  }
}
