import { queryOptions } from '@tanstack/react-query';
import type { Conflict } from '../../server/http/schemas/annotations.ts';
import type {
  Call,
  CallGroup,
  RunningStatement,
  Statement,
  WholeCall,
} from '../../server/http/schemas/calls.ts';
import type { ComparisonRun } from '../../server/http/schemas/comparisons.ts';
import type {
  ExampleCounts,
  ExamplePage,
  ExampleRow,
  FilterOptions,
  SimilarExample,
} from '../../server/http/schemas/examples.ts';
import type { RowExplanation } from '../../server/http/schemas/explain.ts';
import type { CascadeDetail, CascadeSummary } from '../../server/http/schemas/operators.ts';
import type { Accuracy, Attention, Home } from '../../server/http/schemas/overview.ts';
import type { Queue } from '../../server/http/schemas/queue.ts';
import { getJson, pathWith } from './request.ts';
import type { QueryValue } from './request.ts';

export type Filters = Readonly<Record<string, QueryValue>>;

/** The first part of a key: what a change of the log or of the marks makes old. */
export type Topic = 'calls' | 'marks' | 'both' | 'fixed';

/** Rows of the grid in one request. */
export const PAGE_ROWS = 100;

function get<Body>(topic: Topic, path: string, query: Filters = {}) {
  const whole = pathWith(path, query);
  return queryOptions({
    queryKey: [topic, whole],
    queryFn: ({ signal }) => getJson<Body>(whole, signal),
  });
}

export const homeQuery = (days: number) => get<Home>('both', '/api/home', { days });

export const attentionQuery = () => get<Attention>('both', '/api/attention');

export const statementsQuery = (filters: Filters) =>
  get<{ statements: Statement[]; total: number }>('calls', '/api/statements', filters);

/** What runs now is asked again every second while somebody looks. */
export const runningQuery = () => ({
  ...get<{ statements: RunningStatement[] }>('fixed', '/api/running-statements'),
  refetchInterval: 1_000,
  staleTime: 0,
});

export const sessionQuery = (sessionId: string) =>
  get<{ statements: Statement[]; groups: CallGroup[]; total: number }>(
    'calls',
    `/api/sessions/${encodeURIComponent(sessionId)}`,
  );

export const callsQuery = (statementId: string, filters: Filters) =>
  get<{ calls: Call[] }>('calls', `/api/statements/${encodeURIComponent(statementId)}/calls`, filters);

export const callQuery = (traceId: string) =>
  get<WholeCall>('marks', `/api/calls/${encodeURIComponent(traceId)}`);

export const examplesQuery = (filters: Filters, page: number) =>
  get<ExamplePage>('marks', '/api/training/examples', {
    ...filters,
    limit: PAGE_ROWS,
    offset: page * PAGE_ROWS,
    text_limit: 300,
  });

/** Where the list of examples ends now: made old by every new call. */
export const newestQuery = (filters: Filters) =>
  get<ExamplePage>('calls', '/api/training/examples', { ...filters, limit: 1, text_limit: 1 });

export const exampleQuery = (traceId: string) =>
  get<ExampleRow>('marks', `/api/training/examples/${encodeURIComponent(traceId)}`);

export const countsQuery = (filters: Filters) => get<ExampleCounts>('marks', '/api/training/counts', filters);

export const optionsQuery = () => get<FilterOptions>('fixed', '/api/training/filter-options');

export const similarQuery = (traceId: string) =>
  get<{ examples: SimilarExample[] }>('marks', '/api/training/similar', { trace_id: traceId, limit: 50 });

export const queueQuery = (filters: Filters, limit: number) =>
  get<Queue>('fixed', '/api/training/queue', { ...filters, limit });

export const explainQuery = (traceId: string) =>
  get<RowExplanation>('marks', '/api/training/explain', { trace_id: traceId });

export const conflictsQuery = () =>
  get<{ conflicts: Conflict[]; total: number }>('marks', '/api/training/conflicts');

export const accuracyQuery = (days: number) => get<Accuracy>('both', '/api/training/accuracy', { days });

export const comparisonsQuery = () => get<{ runs: ComparisonRun[] }>('fixed', '/api/training/ab/runs');

export const operatorsQuery = () => get<{ operators: CascadeSummary[] }>('calls', '/api/operators');

export const operatorQuery = (id: string) =>
  get<CascadeDetail>('calls', `/api/operators/${encodeURIComponent(id)}`);

export const databasesQuery = () =>
  get<{ databases: string[]; keywords: string[]; functions: string[] }>('fixed', '/api/sql/databases');
