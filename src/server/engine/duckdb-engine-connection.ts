import {
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  type DuckDBType,
  type DuckDBValue,
  StatementType,
} from '@duckdb/node-api';
import { messageOf, SqlError } from '../../errors.ts';
import type { Evaluation } from '../../operators/evaluation/evaluation.ts';
import type { Evaluations } from '../../operators/evaluation/evaluations.ts';
import type { StatementScope } from '../../operators/evaluation/statement-scope.ts';
import { sqlErrorOfDuckDB } from '../statements/duckdb-error.ts';
import { describePrepared } from './describe-prepared.ts';
import type {
  EngineConnection,
  EngineStatement,
  RowSource,
  StatementDescription,
} from './engine-connection.ts';
import { PreparedCache } from './prepared-cache.ts';
import { ResultRows } from './result-rows.ts';
import { MISSING_ANSWER } from './semantic-function.ts';
import type { StatementProbe } from './statement-probe.ts';
import type { WriteCount } from './write-count.ts';

/** A nested operator costs one pass a level; deeper than this is taken for a mistake. */
const MAX_PASSES = 64;
/** Times a data-changing statement is tried when others change its rows between the passes and the run. */
const MAX_RUNS = 8;

type Values = readonly DuckDBValue[];

/** A statement runs as DuckDB plans it where it was bound to no semantic operator, and in passes where it was. */
export class DuckDBEngineConnection implements EngineConnection {
  readonly #plans: PreparedCache;
  #streaming: ResultRows | null = null;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly probe: StatementProbe,
    private readonly evaluations: Evaluations,
    private readonly writes: WriteCount,
    private readonly onClose: () => void,
  ) {
    this.#plans = new PreparedCache(writes);
  }

  async describe(sql: string): Promise<StatementDescription> {
    await this.#detach();
    this.probe.begin();
    const prepared = await this.#prepare(sql);
    try {
      return describePrepared(prepared, sql);
    } finally {
      if (this.probe.bound.size === 0) this.#plans.put(sql, prepared);
      else prepared.destroySync();
    }
  }

  async run(statement: EngineStatement, parameters: Values, scope: StatementScope): Promise<RowSource> {
    await this.#detach();
    scope.signal.throwIfAborted();
    const stop = (): void => this.interrupt();
    scope.signal.addEventListener('abort', stop, { once: true });
    const done = (): void => scope.signal.removeEventListener('abort', stop);
    try {
      return await this.#run(statement, parameters, scope, done);
    } catch (error) {
      done();
      throw scope.signal.aborted ? scope.signal.reason : sqlErrorOfDuckDB(error, statement.sql);
    }
  }

  async runInternal(sql: string): Promise<readonly Values[]> {
    await this.#detach();
    this.probe.begin();
    const result = await this.connection.run(sql);
    this.writes.add();
    return result.getRows();
  }

  interrupt(): void {
    this.connection.interrupt();
  }

  async close(): Promise<void> {
    await this.#streaming?.close();
    this.#plans.clear();
    this.connection.closeSync();
    this.onClose();
  }

  async #run(
    statement: EngineStatement,
    parameters: Values,
    scope: StatementScope,
    done: () => void,
  ): Promise<RowSource> {
    this.probe.begin();
    const prepared = this.#plans.take(statement.sql) ?? (await this.#prepare(statement.sql));
    if (this.probe.bound.size > 0) {
      prepared.destroySync();
      return this.#evaluate(statement, parameters, scope, done);
    }
    // A plan that DuckDB binds anew (a view was replaced) may meet a semantic operator now.
    this.probe.strict = true;
    try {
      const result = await this.#execute(prepared, statement, parameters, !statement.changesData);
      return this.#rows(result, statement.sql, scope, done, () => this.#plans.put(statement.sql, prepared));
    } catch (error) {
      prepared.destroySync();
      if (this.probe.bound.size === 0) throw error;
      return this.#evaluate(statement, parameters, scope, done);
    }
  }

  /** Passes until no answer is missing. A pass that missed is thrown away. */
  async #evaluate(
    statement: EngineStatement,
    parameters: Values,
    scope: StatementScope,
    done: () => void,
  ): Promise<RowSource> {
    const evaluation = this.evaluations.open(scope);
    try {
      await evaluation.prepare(this.probe.bound);
      const result = statement.changesData
        ? await this.#change(statement, parameters, evaluation)
        : await this.#passes(statement, statement.sql, parameters, evaluation);
      return this.#rows(result, statement.sql, scope, done, () => undefined);
    } finally {
      this.probe.begin();
      evaluation.close();
    }
  }

  async #passes(
    statement: EngineStatement,
    sql: string,
    parameters: Values,
    evaluation: Evaluation,
  ): Promise<DuckDBResult> {
    for (let pass = 0; pass < MAX_PASSES; pass += 1) {
      const result = await this.#pass(statement, sql, parameters, evaluation);
      if (evaluation.misses === 0) return result;
      await evaluation.settled();
    }
    throw new SqlError('54001', `the statement still misses answers after ${MAX_PASSES} passes`, {
      hint: 'It nests semantic operators too deeply, or its rows change with each pass. Split it up.',
    });
  }

  async #pass(
    statement: EngineStatement,
    sql: string,
    parameters: Values,
    evaluation: Evaluation,
  ): Promise<DuckDBResult> {
    this.probe.begin();
    this.probe.evaluation = evaluation;
    evaluation.beginPass();
    // A fresh plan a pass: DuckDB folds calls with constant arguments into the plan.
    const prepared = await this.#prepare(sql);
    try {
      return await this.#execute(prepared, statement, parameters, false);
    } finally {
      prepared.destroySync();
    }
  }

  /** The statement itself runs once, when its queries miss nothing; should it miss all the same, it is undone. */
  async #change(
    statement: EngineStatement,
    parameters: Values,
    evaluation: Evaluation,
  ): Promise<DuckDBResult> {
    for (let attempt = 1; ; attempt += 1) {
      for (const form of statement.selectForms) await this.#passes(statement, form, parameters, evaluation);
      try {
        return await this.#finalRun(statement, parameters, evaluation);
      } catch (error) {
        if (attempt === MAX_RUNS || !messageOf(error).includes(MISSING_ANSWER)) throw error;
      }
      await evaluation.settled();
    }
  }

  async #finalRun(
    statement: EngineStatement,
    parameters: Values,
    evaluation: Evaluation,
  ): Promise<DuckDBResult> {
    this.probe.begin();
    this.probe.evaluation = evaluation;
    this.probe.strict = true;
    evaluation.beginPass();
    const prepared = await this.#prepare(statement.sql);
    try {
      return await this.#execute(prepared, statement, parameters, false);
    } finally {
      prepared.destroySync();
    }
  }

  async #execute(
    prepared: DuckDBPreparedStatement,
    statement: EngineStatement,
    parameters: Values,
    stream: boolean,
  ): Promise<DuckDBResult> {
    prepared.clearBindings();
    const used = parameters.slice(0, prepared.parameterCount);
    if (used.length > 0) {
      const types = statement.parameterTypes?.slice(0, used.length);
      prepared.bind([...used], types as DuckDBType[] | undefined);
    }
    try {
      return stream ? await prepared.stream() : await prepared.run();
    } finally {
      if (prepared.statementType !== StatementType.SELECT) this.writes.add();
    }
  }

  #rows(
    result: DuckDBResult,
    sql: string,
    scope: StatementScope,
    done: () => void,
    release: () => void,
  ): ResultRows {
    const rows = new ResultRows(result, {
      error: (error) =>
        scope.signal.aborted ? (scope.signal.reason as Error) : sqlErrorOfDuckDB(error, sql),
      finished: (ended) => {
        done();
        release();
        if (this.#streaming === ended) this.#streaming = null;
      },
    });
    if (result.isStreaming) this.#streaming = rows;
    return rows;
  }

  async #prepare(sql: string): Promise<DuckDBPreparedStatement> {
    const at = this.#plans.now;
    try {
      const prepared = await this.connection.prepare(sql);
      this.#plans.planned(prepared, at);
      return prepared;
    } catch (error) {
      throw sqlErrorOfDuckDB(error, sql);
    }
  }

  async #detach(): Promise<void> {
    await this.#streaming?.detach();
  }
}
