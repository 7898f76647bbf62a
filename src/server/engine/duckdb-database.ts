import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import { DuckDBEngineConnection } from './duckdb-engine-connection.ts';
import type { Database, EngineConnection } from './engine-connection.ts';
import type { DatabasesOptions } from './databases-options.ts';
import { KnownAnswers } from './known-answers.ts';
import { OPERATOR_CATALOG } from './operator-catalog.ts';
import { OperatorFunctions } from './operator-functions.ts';
import { readFunctionTraits } from './plan/function-traits.ts';
import { ReadOnlyQueries } from './read-only-queries.ts';
import { StatementPlanner } from './statement-planner.ts';
import { StatementProbe } from './statement-probe.ts';
import { UniqueKeys } from './unique-keys.ts';
import { WriteCount } from './write-count.ts';

/** The one handle on a database file, with the operators made callable in it. */
export class DuckDBDatabase implements Database {
  readonly #probes: Map<number, StatementProbe>;
  readonly #functions: OperatorFunctions;
  readonly #keys: UniqueKeys;
  #prepared = false;
  readonly queries: ReadOnlyQueries;

  private constructor(
    readonly name: string,
    private readonly instance: DuckDBInstance,
    private readonly owner: DuckDBConnection,
    private readonly options: DatabasesOptions,
    private readonly planner: StatementPlanner,
    private readonly known: KnownAnswers,
    private readonly writes: WriteCount,
    probes: Map<number, StatementProbe>,
  ) {
    this.#probes = probes;
    this.#keys = new UniqueKeys(async (sql) => (await owner.run(sql)).getRows(), writes);
    this.queries = new ReadOnlyQueries(() => this.#plainConnection());
    this.#functions = new OperatorFunctions(owner, (id) => probes.get(id), options.evaluations.functions);
  }

  static async open(
    name: string,
    instance: DuckDBInstance,
    options: DatabasesOptions,
  ): Promise<DuckDBDatabase> {
    const owner = await instance.connect();
    const traits = await readFunctionTraits(async (sql) => (await owner.run(sql)).getRows());
    const writes = new WriteCount();
    const known = new KnownAnswers(instance, writes, options.knownAnswers);
    const planner = new StatementPlanner(traits, options.operators, known);
    const database = new DuckDBDatabase(name, instance, owner, options, planner, known, writes, new Map());
    await owner.run(`ATTACH ':memory:' AS ${OPERATOR_CATALOG}`);
    await owner.run(`SET search_path = '${searchPath(['main'])}'`);
    await database.installOperators(options.operators());
    await options.prepare?.(async (sql) => void (await owner.run(sql)), owner);
    await database.#tell(options.operators());
    for (const sql of options.finalSettings ?? []) await owner.run(sql);
    return database;
  }

  async installOperators(operators: OperatorSet): Promise<void> {
    await this.#functions.install(operators);
    if (this.#prepared) await this.#tell(operators);
  }

  async #tell(operators: OperatorSet): Promise<void> {
    this.#prepared = true;
    await this.options.installed?.(async (sql) => void (await this.owner.run(sql)), operators);
  }

  async connect(): Promise<EngineConnection> {
    const connection = await this.instance.connect();
    const id = connection.clientContext.connectionId;
    const probe = new StatementProbe();
    this.#probes.set(id, probe);
    for (const sql of [
      `SET search_path = '${searchPath(['main'])}'`,
      ...(this.options.connectionSettings ?? []),
    ]) {
      await connection.run(sql);
    }
    const close = (): void => void this.#probes.delete(id);
    return new DuckDBEngineConnection(
      connection,
      probe,
      this.options.evaluations,
      this.writes,
      this.planner,
      this.#keys,
      close,
    );
  }

  async #plainConnection(): Promise<DuckDBConnection> {
    const connection = await this.instance.connect();
    for (const sql of this.options.connectionSettings ?? []) await connection.run(sql);
    return connection;
  }

  async close(): Promise<void> {
    await this.known.close();
    this.owner.closeSync();
    this.instance.closeSync();
  }
}

/** DuckDB's search path for these schemas: the operators are found behind them. */
export function searchPath(schemas: readonly string[]): string {
  return [...schemas, `${OPERATOR_CATALOG}.main`].join(',');
}
