import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult, DuckDBValue } from '@duckdb/node-api';
import type { PassAsking } from '../../operators/evaluation/asking.ts';
import type { Evaluations } from '../../operators/evaluation/evaluations.ts';
import type { SemanticExplanation } from '../../operators/evaluation/explain/explanation.ts';
import type { StatementScope } from '../../operators/evaluation/statement-scope.ts';
import { sqlErrorOfDuckDB } from '../statements/duckdb-error.ts';
import { type BoundStatement, BoundStatements } from './bound-statements.ts';
import { describePrepared } from './describe-prepared.ts';
import type {
  EngineConnection,
  EngineStatement,
  RowSource,
  StatementDescription,
} from './engine-connection.ts';
import { interruptOnAbort } from './interrupt-on-abort.ts';
import type { StatementPlan } from './plan/plan-statement.ts';
import { PreparedCache } from './prepared-cache.ts';
import { ResultRows } from './result-rows.ts';
import { runChange } from './run-change.ts';
import { runQuery } from './run-query.ts';
import { execute, type PassContext, prepareSql } from './statement-passes.ts';
import type { StatementPlanner } from './statement-planner.ts';
import type { StatementProbe } from './statement-probe.ts';
import type { UniqueKeys } from './unique-keys.ts';
import type { WriteCount } from './write-count.ts';

type Values = readonly DuckDBValue[];

/** A statement runs as DuckDB plans it where it was bound to no semantic operator, and in passes where it was. */
export class DuckDBEngineConnection implements EngineConnection {
  readonly #plans: PreparedCache;
  /** Of rewritten statements. */
  readonly #passes: PreparedCache;
  readonly #bound = new BoundStatements();
  #streaming: ResultRows | null = null;
  #schemaAtBegin = 0;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly probe: StatementProbe,
    private readonly evaluations: Evaluations,
    private readonly writes: WriteCount,
    private readonly planner: StatementPlanner,
    private readonly keys: UniqueKeys,
    private readonly onClose: () => void,
  ) {
    this.#plans = new PreparedCache(writes);
    this.#passes = new PreparedCache(writes);
  }

  get loads(): number {
    return this.writes.loads;
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
    const done = interruptOnAbort(this, scope.signal);
    try {
      return await this.#run(statement, parameters, scope, done);
    } catch (error) {
      done();
      throw scope.signal.aborted ? scope.signal.reason : sqlErrorOfDuckDB(error, statement.sql);
    }
  }

  async explain(
    statement: EngineStatement,
    parameters: Values,
    scope: StatementScope,
  ): Promise<SemanticExplanation> {
    await this.#detach();
    return this.#interruptible(statement, scope, async () => {
      this.probe.begin();
      (await this.#prepare(statement.sql)).destroySync();
      const estimation = this.evaluations.estimate(scope);
      const bound = [...this.probe.bound];
      if (bound.length > 0) {
        await estimation.prepare(bound);
        await this.#goThrough(this.#context(statement, parameters, scope, estimation, bound, true));
      }
      return this.evaluations.explain(estimation, scope);
    });
  }

  async #interruptible<T>(
    { sql }: EngineStatement,
    { signal }: StatementScope,
    work: () => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const done = interruptOnAbort(this, signal);
    try {
      return await work();
    } catch (error) {
      throw signal.aborted ? signal.reason : sqlErrorOfDuckDB(error, sql);
    } finally {
      done();
      this.probe.begin();
    }
  }

  /** The queries of the statement, in passes. */
  async #goThrough(context: PassContext): Promise<void> {
    const { sql, selectForms, changesData } = context.statement;
    for (const query of changesData ? selectForms : [sql]) {
      await runQuery(await this.planner.plan(query, context), context);
    }
  }

  async runInternal(sql: string): Promise<readonly Values[]> {
    await this.#detach();
    this.probe.begin();
    const result = await this.connection.run(sql);
    this.writes.add();
    // Tables that the transaction made are seen by others from now on.
    if (sql === 'COMMIT' && this.writes.schema !== this.#schemaAtBegin) this.writes.addSchema();
    if (sql.startsWith('BEGIN')) this.#schemaAtBegin = this.writes.schema;
    return result.getRows();
  }

  interrupt(): void {
    this.connection.interrupt();
  }

  async close(): Promise<void> {
    await this.#streaming?.close();
    this.#plans.clear();
    this.#passes.clear();
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
    const [operators, writes] = [this.planner.operators(), this.writes.value];
    const known = this.#bound.get(statement.sql, operators, writes);
    if (known !== undefined) return this.#evaluate(statement, parameters, scope, done, known);
    const prepared = this.#plans.take(statement.sql) ?? (await this.#prepare(statement.sql));
    if (this.probe.bound.size > 0) {
      const bound = this.#boundStatement(statement, prepared);
      prepared.destroySync();
      this.#bound.put(statement.sql, operators, writes, bound);
      return this.#evaluate(statement, parameters, scope, done, bound);
    }
    // A plan that DuckDB binds anew (a view was replaced) may meet a semantic operator now.
    this.probe.strict = true;
    try {
      const stream = !statement.changesData && !(await this.#givesFew(statement));
      const result = await execute(prepared, statement, parameters, this.writes, stream);
      return this.#rows(result, statement.sql, scope, done, () => this.#plans.put(statement.sql, prepared));
    } catch (error) {
      prepared.destroySync();
      if (this.probe.bound.size === 0) throw error;
      return this.#evaluate(statement, parameters, scope, done, this.#boundStatement(statement, null));
    }
  }

  /** `prepared` is null where it is gone. */
  #boundStatement(
    { changesData }: EngineStatement,
    prepared: DuckDBPreparedStatement | null,
  ): BoundStatement {
    const columns = changesData ? 0 : (prepared?.columnCount ?? 0);
    const names = Array.from({ length: columns }, (_, at) => prepared?.columnName(at) ?? '');
    return Object.freeze({ operators: [...this.probe.bound], names });
  }

  /** Then its rows are fetched with it; others come as they are asked for. */
  async #givesFew({ bound }: EngineStatement): Promise<boolean> {
    return bound !== undefined && bound !== null && (await this.keys.holds(bound));
  }

  async #evaluate(
    statement: EngineStatement,
    parameters: Values,
    scope: StatementScope,
    done: () => void,
    { operators: bound, names }: BoundStatement,
  ): Promise<RowSource> {
    const evaluation = this.evaluations.open(scope);
    evaluation.onAnswer = (call, value, ms) => this.planner.statistics.add(call, value, ms);
    const counts = scope.countsRows === true;
    try {
      await evaluation.prepare(bound);
      const context = this.#context(statement, parameters, scope, evaluation, bound, counts);
      const result = await this.#evaluated(context);
      return this.#rows(result, statement.sql, scope, done, () => undefined, names);
    } finally {
      this.probe.begin();
      evaluation.close();
    }
  }

  #context(
    statement: EngineStatement,
    parameters: Values,
    { settings }: StatementScope,
    evaluation: PassAsking,
    bound: readonly string[],
    countsRows: boolean,
  ): PassContext {
    const { connection, probe, writes } = this;
    const shared = { connection, probe, writes, prepared: this.#passes, statement, parameters, settings };
    return { ...shared, evaluation, bound, countsRows };
  }

  async #evaluated(context: PassContext): Promise<DuckDBResult> {
    const { sql, selectForms, changesData } = context.statement;
    const plan = await this.planner.plan(sql, context);
    if (!changesData) return runQuery(plan, context);
    const forms: StatementPlan[] = [];
    for (const form of selectForms) forms.push(await this.planner.plan(form, context));
    return runChange(forms, plan, context);
  }

  #rows(
    result: DuckDBResult,
    sql: string,
    scope: StatementScope,
    done: () => void,
    release: () => void,
    names: readonly string[] = [],
  ): ResultRows {
    const ends = {
      error: (error: unknown): Error =>
        scope.signal.aborted ? (scope.signal.reason as Error) : sqlErrorOfDuckDB(error, sql),
      finished: (ended: ResultRows): void => {
        done();
        release();
        if (this.#streaming === ended) this.#streaming = null;
      },
    };
    const rows = new ResultRows(result, ends, names);
    if (result.isStreaming) this.#streaming = rows;
    return rows;
  }

  async #prepare(sql: string): Promise<DuckDBPreparedStatement> {
    const at = this.#plans.now;
    const prepared = await prepareSql(this.connection, sql, this.probe.bound);
    this.#plans.planned(prepared, at);
    return prepared;
  }

  async #detach(): Promise<void> {
    await this.#streaming?.detach();
  }
}
