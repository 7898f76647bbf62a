import { searchPath } from '../engine/duckdb-database.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { sqlErrorOfDuckDB } from '../statements/duckdb-error.ts';
import type { Settings } from './settings.ts';

type Statement = (value: string) => string;

/** The settings that DuckDB has to follow, and how it is told. */
const FOLLOWED: ReadonlyMap<string, Statement> = new Map([
  ['TimeZone', (value) => `SET TimeZone = ${quoted(duckZone(value))}`],
  ['search_path', (value) => `SET search_path = ${quoted(searchPath(schemasOf(value)))}`],
]);

/** Keeps DuckDB's own settings in step with the session's. */
export class EngineSettings {
  readonly #applied = new Map<string, string>();

  constructor(
    private readonly connection: EngineConnection,
    private readonly settings: Settings,
  ) {}

  /** Throws SqlError where DuckDB refuses a value; the session's value is then to be taken back. */
  async follow(): Promise<void> {
    for (const [name, statement] of FOLLOWED) {
      const value = this.settings.known(name);
      if (this.#applied.get(name) === value) continue;
      await this.#run(statement(value));
      this.#applied.set(name, value);
    }
  }

  async #run(sql: string): Promise<void> {
    try {
      await this.connection.runInternal(sql);
    } catch (error) {
      throw sqlErrorOfDuckDB(error, sql);
    }
  }
}

/** DuckDB's `main` is PostgreSQL's `public`; `$user` has no schema here. */
function schemasOf(path: string): readonly string[] {
  const names = path
    .split(',')
    .map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
    .filter((name) => name !== '' && name !== '$user')
    .map((name) => (name === 'public' ? 'main' : name));
  return names.length === 0 ? ['main'] : names;
}

/** DuckDB's names for offsets from UTC have the sign of POSIX: west is positive. */
function duckZone(name: string): string {
  const match = /^([+-])(\d{2}):00$/.exec(name);
  return match === null ? name : `Etc/GMT${match[1] === '-' ? '+' : '-'}${Number(match[2])}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
