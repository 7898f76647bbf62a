import { SqlError } from '../../errors.ts';
import { explanationJson } from '../../operators/evaluation/explain/explanation-json.ts';
import { explanationLines } from '../../operators/evaluation/explain/explanation-lines.ts';
import type { SemanticExplanation } from '../../operators/evaluation/explain/explanation.ts';
import { type ParsedExplain, parseExplain } from '../../operators/evaluation/explain/parse-explain.ts';
import { statementKind } from '../../operators/lexer/statement-kind.ts';
import { RowCursor } from '../session/row-cursor.ts';
import type { Session } from '../session/session.ts';
import type { StatementRun } from '../session/statement-run.ts';
import type { BoundParameters } from './bound-parameters.ts';
import { describeStatement } from './describe-statement.ts';
import { quotedText } from './internal-query.ts';
import type { Execution } from './plan.ts';
import { type ExplainablePlan, explainablePlan, queryPlan } from './query.ts';
import type { SessionPlan } from './session-plan.ts';
import type { SourceStatement } from './source-statement.ts';
import { typedColumns } from './typed-columns.ts';

/** EXPLAIN (SEMANTIC) is answered here, any other EXPLAIN by DuckDB. */
export async function explainPlan(source: SourceStatement, session: Session): Promise<SessionPlan> {
  const parsed = parseExplain(source.text);
  if (parsed === null) return queryPlan(source, 'explain', session);
  const inner = { text: parsed.statement, start: source.start + parsed.start };
  const kind = statementKind(inner.text);
  const explainable = await explainablePlan(inner, kind, session);
  return Object.freeze({
    sql: source.text,
    role: 'work',
    replay: parsed.options.analyze ? 'unrepeatable_change' : 'skip',
    async describe(current, declared) {
      const { parameters } = await explainable.plan.describe(current, declared);
      const { columns } = await describeStatement(current.connection, rowsQuery(['']));
      return { parameters, columns };
    },
    async execute(current, parameters, run) {
      const explanation = await explained(explainable, parsed, current, parameters, run);
      return linesOf(textOf(explanation, parsed), current, run);
    },
  } satisfies SessionPlan);
}

async function explained(
  { plan, explain }: ExplainablePlan,
  { options }: ParsedExplain,
  session: Session,
  parameters: BoundParameters,
  run: StatementRun,
): Promise<SemanticExplanation> {
  const explanation = await explain(session, parameters, run);
  if (!options.analyze) return explanation;
  const startedAt = performance.now();
  run.countsRows = true;
  await runToTheEnd(await plan.execute(session, parameters, run));
  const nothing = { operators: [], spent: { calls: 0, tokens: 0, costUsd: 0 } };
  const happened = { ...(run.summary ?? nothing), durationMs: performance.now() - startedAt };
  return Object.freeze({ ...explanation, happened });
}

async function runToTheEnd(execution: Execution): Promise<void> {
  if (execution.kind === 'copyIn' || execution.kind === 'copyOut') {
    throw new SqlError('0A000', 'EXPLAIN (SEMANTIC, ANALYZE) runs no COPY from or to the client', {
      hint: 'Explain the query that is copied.',
    });
  }
  if (execution.kind !== 'rows') return;
  await execution.cursor.skip(execution.limit);
  if (execution.owned) await execution.cursor.close();
}

function textOf(explanation: SemanticExplanation, { options }: ParsedExplain): readonly string[] {
  return options.format === 'json' ? [explanationJson(explanation)] : explanationLines(explanation);
}

async function linesOf(lines: readonly string[], session: Session, run: StatementRun): Promise<Execution> {
  const statement = { sql: rowsQuery(lines), selectForms: [], changesData: false };
  const rows = await session.connection.run(statement, [], run.scope);
  const columns = typedColumns(rows.columns, null);
  return {
    kind: 'rows',
    cursor: new RowCursor(rows),
    columns,
    limit: Infinity,
    tag: () => 'EXPLAIN',
    owned: true,
  };
}

/** Under the name that PostgreSQL gives the column. */
function rowsQuery(lines: readonly string[]): string {
  const values = lines.map((line) => `(${quotedText(line)})`);
  return `SELECT line AS "QUERY PLAN" FROM (VALUES ${values.join(', ')}) AS explanation(line)`;
}
