import { Failure } from '../../components/failure.tsx';
import type { DatabaseTable } from './tables-query.ts';

interface TableListProps {
  readonly tables: readonly DatabaseTable[];
  readonly error: Error | null;
  readonly onLook: (sql: string) => void;
}

/** What there is to ask about. */
export function TableList({ tables, error, onLook }: TableListProps) {
  return (
    <section className="tables" aria-labelledby="tables">
      <h2 id="tables">Tables</h2>
      {error !== null && <Failure error={error} />}
      {error === null && tables.length === 0 && <p className="faint">This database has none yet.</p>}
      {tables.map((table) => (
        <details key={`${table.schema}.${table.name}`}>
          <summary>
            {nameOf(table)} <span className="faint">{table.columns.length}</span>
          </summary>
          <button
            type="button"
            className="plain"
            onClick={() => onLook(`SELECT * FROM ${sqlName(table)} LIMIT 100`)}
          >
            Look at its rows
          </button>
          <ul>
            {table.columns.map(({ name, type }) => (
              <li key={name}>
                {name} <span className="faint">{type}</span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function nameOf({ schema, name }: DatabaseTable): string {
  return schema === null ? name : `${schema}.${name}`;
}

function sqlName({ schema, name }: DatabaseTable): string {
  return schema === null ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
