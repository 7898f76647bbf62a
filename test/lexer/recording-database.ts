import {
  DuckDBInstance,
  DuckDBScalarFunction,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';
import { KEYWORDS, symbol } from './operator-set.ts';

/** A DuckDB in which every operator symbol, and semantic_matches, notes what it is called with. */
export interface RecordingDatabase {
  readonly connection: DuckDBConnection;
  /** The distinct calls made while the statements run, in order of their text. */
  callsOf(statements: readonly string[], parameters?: DuckDBValue[]): Promise<readonly string[]>;
  close(): void;
}

export async function openRecordingDatabase(schema: readonly string[]): Promise<RecordingDatabase> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const calls = new Set<string>();
  for (const keyword of KEYWORDS)
    connection.registerScalarFunction(recorder(symbol(keyword), keyword, calls));
  connection.registerScalarFunction(recorder('semantic_matches', 'semantic_matches', calls));
  for (const statement of schema) await connection.run(statement);
  return {
    connection,
    callsOf: async (statements, parameters = []) => {
      calls.clear();
      for (const statement of statements) await (await connection.run(statement, parameters)).getRows();
      return [...calls].sort();
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Answers with both arguments joined, so that an answer of one call may be the argument of another. */
function recorder(name: string, label: string, calls: Set<string>): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name,
    returnType: VARCHAR,
    parameterTypes: [VARCHAR, VARCHAR],
    mainFunction: (_, input, output) => {
      const left = input.getColumnVector(0);
      const right = input.getColumnVector(1);
      for (let row = 0; row < input.rowCount; row += 1) {
        const call = `${String(left.getItem(row))} ${label} ${String(right.getItem(row))}`;
        calls.add(call);
        output.setItem(row, call);
      }
      output.flush();
    },
  });
}
