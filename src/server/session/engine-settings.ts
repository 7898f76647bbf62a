import { type SessionFacts, sessionVariables, settingsVariable } from '../catalog/session-variables.ts';
import { DUCKDB_SETTINGS, POSTGRES_SETTINGS } from '../dialect/session-settings.ts';
import { searchPath } from '../engine/duckdb-database.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { sqlErrorOfDuckDB } from '../statements/duckdb-error.ts';
import type { Settings } from './settings.ts';

/** DuckDB's plain messages lose the place of an error in a long line. */
const ERRORS_WITH_PLACE = 'SET errors_as_json = true';

/** The settings that DuckDB has to follow, and how it is told. */
const FOLLOWED: ReadonlyMap<string, (value: string) => readonly string[]> = new Map([
  ['TimeZone', (value: string) => [`SET TimeZone = ${quoted(duckZone(value))}`]],
  ['search_path', (value: string) => [`SET search_path = ${quoted(searchPath(schemasOf(value)))}`]],
  ['rvbbit.dialect', (value: string) => (value === 'duckdb' ? DUCKDB_SETTINGS : POSTGRES_SETTINGS)],
]);

/** Keeps DuckDB's own settings, and what the catalogue tells of the session, in step with the session's. */
export class EngineSettings {
  readonly #applied = new Map<string, string>();
  #version = -1;

  constructor(
    private readonly connection: EngineConnection,
    private readonly settings: Settings,
  ) {}

  /** Once, before the first statement. */
  async begin(facts: SessionFacts): Promise<void> {
    await this.#run(ERRORS_WITH_PLACE);
    for (const sql of sessionVariables(facts)) await this.#run(sql);
    await this.follow();
  }

  /** Throws SqlError where DuckDB refuses a value; the session's value is then to be taken back. */
  async follow(): Promise<void> {
    if (this.#version === this.settings.version) return;
    for (const [name, statements] of FOLLOWED) {
      const value = this.settings.known(name);
      if (this.#applied.get(name) === value) continue;
      for (const sql of statements(value)) await this.#run(sql);
      this.#applied.set(name, value);
    }
    const all = this.settings.all().map(([name, value]) => [name.toLowerCase(), value] as const);
    await this.#run(settingsVariable(new Map(all)));
    this.#version = this.settings.version;
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
