import type { OperatorSet } from '../../operators/cascade/operator-set.ts';

const CAPACITY = 128;

/** What a statement that calls semantic operators is, as DuckDB told when it was bound. */
export interface BoundStatement {
  /** Of the operators. */
  readonly operators: readonly string[];
  /** Of its columns. */
  readonly names: readonly string[];
}

interface Remembered {
  readonly statement: BoundStatement;
  readonly operators: OperatorSet;
  /** Writes to the database so far: a view may have become another one. */
  readonly writes: number;
}

/** Statements of one connection that need not be bound again to know which operators they call; least recently used out first. */
export class BoundStatements {
  readonly #statements = new Map<string, Remembered>();

  get(sql: string, operators: OperatorSet, writes: number): BoundStatement | undefined {
    const found = this.#statements.get(sql);
    if (found === undefined || found.operators !== operators || found.writes !== writes) return undefined;
    this.#statements.delete(sql);
    this.#statements.set(sql, found);
    return found.statement;
  }

  put(sql: string, operators: OperatorSet, writes: number, statement: BoundStatement): void {
    this.#statements.delete(sql);
    this.#statements.set(sql, { statement, operators, writes });
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > CAPACITY && oldest !== undefined) this.#statements.delete(oldest);
  }
}
