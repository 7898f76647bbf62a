import type { OperatorSet } from '../../../src/operators/cascade/operator-set.ts';
import { DEFAULT_SEMANTIC_SETTINGS } from '../../../src/operators/evaluation/statement-scope.ts';
import { rewriteSemanticSyntax } from '../../../src/operators/lexer/semantic-syntax.ts';
import { statementKind } from '../../../src/operators/lexer/statement-kind.ts';
import { uuidV7 } from '../../../src/operators/runner/uuid-v7.ts';
import type { EngineConnection } from '../../../src/server/engine/engine-connection.ts';
import type { OpenDatabases } from '../../../src/server/engine/open-databases.ts';
import type { SqlEvent, SqlRequest, SqlRunner } from '../../../src/server/http/sql/sql-runner.ts';
import { sqlErrorOfDuckDB } from '../../../src/server/statements/duckdb-error.ts';
import { sqlErrorOf } from './sql-error-of.ts';

/** One statement a run, straight on the engine: the console's contract without a session of the wire. */
export class EngineSqlRunner implements SqlRunner {
  constructor(
    private readonly open: OpenDatabases,
    private readonly operators: () => OperatorSet,
  ) {}

  databases(): Promise<readonly string[]> {
    return this.open.names();
  }

  async *run(request: SqlRequest, signal: AbortSignal): AsyncGenerator<SqlEvent> {
    const connection = await (await this.open.open(request.database)).connect();
    const interrupt = () => connection.interrupt();
    signal.addEventListener('abort', interrupt);
    try {
      yield* this.#statement(connection, request, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw sqlErrorOf(error, () => sqlErrorOfDuckDB(error, request.sql));
    } finally {
      signal.removeEventListener('abort', interrupt);
      await connection.close();
    }
  }

  async *#statement(
    connection: EngineConnection,
    request: SqlRequest,
    signal: AbortSignal,
  ): AsyncGenerator<SqlEvent> {
    const ids = { session_id: request.sessionKey, statement_id: uuidV7() };
    yield { type: 'statement', ...ids };
    const { sql } = rewriteSemanticSyntax(request.sql, this.operators());
    const rows = await connection.run({ sql, selectForms: [], changesData: !isQuery(sql) }, [], {
      sessionId: ids.session_id,
      statementId: ids.statement_id,
      caller: 'rest',
      settings: DEFAULT_SEMANTIC_SETTINGS,
      signal,
      notice: () => undefined,
    });
    yield { type: 'columns', columns: rows.columns.map(({ name, type }) => ({ name, type: String(type) })) };
    let count = 0;
    for (
      let chunk = await rows.next();
      chunk !== null && count < request.maxRows;
      chunk = await rows.next()
    ) {
      const values = chunk
        .getRows()
        .map((row) => row.map((value) => (value === null ? null : String(value))));
      count += values.length;
      yield { type: 'rows', rows: values };
    }
    await rows.close();
    yield {
      type: 'done',
      tag: 'SELECT',
      rows: rows.rowsChanged ?? count,
      truncated: count >= request.maxRows,
    };
  }
}

function isQuery(sql: string): boolean {
  return ['select', 'values', 'from_first'].includes(statementKind(sql));
}
