import type { RunState } from './run-state.ts';

interface SqlFailureProps {
  readonly error: NonNullable<RunState['error']>;
  readonly sql: string;
}

/** An error of SQL, with the place in the text where there is one. */
export function SqlFailure({ error, sql }: SqlFailureProps) {
  const { code, detail, hint, position } = error;
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{error.error}</strong> <span className="faint">SQLSTATE {code}</span>
      </p>
      {detail !== undefined && <p>{detail}</p>}
      {hint !== undefined && <p>{hint}</p>}
      {position !== undefined && <Place sql={sql} position={position} />}
    </div>
  );
}

/** `position` counts characters from 1. */
function Place({ sql, position }: { readonly sql: string; readonly position: number }) {
  const before = sql.slice(0, position - 1);
  const start = before.lastIndexOf('\n') + 1;
  const line = sql.slice(start).split('\n', 1)[0] ?? '';
  return <pre className="sql" tabIndex={0}>{`${line}\n${' '.repeat(before.length - start)}^`}</pre>;
}
