import type { SqlLine } from '../../../server/http/schemas/sql.ts';

type LineOf<Type extends SqlLine['type']> = Extract<SqlLine, { type: Type }>;

/** The result of one statement. */
export interface StatementResult {
  readonly columns: LineOf<'columns'>['columns'];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly done: LineOf<'done'> | null;
}

export interface RunState {
  readonly phase: 'idle' | 'running' | 'done' | 'failed';
  /** The text that was run. */
  readonly sql: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly statement: LineOf<'statement'> | null;
  readonly results: readonly StatementResult[];
  readonly notices: readonly LineOf<'notice'>['notice'][];
  readonly error: Omit<LineOf<'error'>, 'type'> | null;
}

export type RunStep =
  | { readonly type: 'begin'; readonly sql: string; readonly now: number }
  | { readonly type: 'lines'; readonly lines: readonly SqlLine[] }
  | { readonly type: 'end'; readonly now: number; readonly error: string | null };

export const IDLE: RunState = Object.freeze({
  phase: 'idle',
  sql: '',
  startedAt: 0,
  endedAt: null,
  statement: null,
  results: [],
  notices: [],
  error: null,
});

export function runStep(state: RunState, step: RunStep): RunState {
  switch (step.type) {
    case 'begin':
      return { ...IDLE, phase: 'running', sql: step.sql, startedAt: step.now };
    case 'lines':
      return step.lines.reduce(withLine, state);
    case 'end': {
      const error = state.error ?? (step.error === null ? null : { error: step.error, code: '08006' });
      return { ...state, phase: error === null ? 'done' : 'failed', endedAt: step.now, error };
    }
  }
}

function withLine(state: RunState, line: SqlLine): RunState {
  switch (line.type) {
    case 'statement':
      return { ...state, statement: line };
    case 'columns':
      return { ...state, results: [...state.results, { columns: line.columns, rows: [], done: null }] };
    case 'rows':
      return withLast(state, (last) => ({ ...last, rows: [...last.rows, ...line.rows] }));
    case 'done':
      return withLast(state, (last) => ({ ...last, done: line }));
    case 'notice':
      return { ...state, notices: [...state.notices, line.notice] };
    case 'error':
      return { ...state, error: line };
  }
}

/** A statement without columns (CREATE, INSERT) has a result all the same. */
function withLast(state: RunState, change: (last: StatementResult) => StatementResult): RunState {
  const last = state.results.at(-1);
  if (last === undefined || last.done !== null) {
    return { ...state, results: [...state.results, change({ columns: [], rows: [], done: null })] };
  }
  return { ...state, results: [...state.results.slice(0, -1), change(last)] };
}
