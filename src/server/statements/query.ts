import type { DuckDBType } from '@duckdb/node-api';
import { explainRuns } from '../../operators/evaluation/explain/explain-runs.ts';
import type { SemanticExplanation } from '../../operators/evaluation/explain/explanation.ts';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import { selectForms } from '../../operators/lexer/select-forms.ts';
import { hintedScope } from '../../operators/evaluation/statement-hints.ts';
import { rewriteSemanticSyntax } from '../../operators/lexer/semantic-syntax.ts';
import type { StatementKind } from '../../operators/lexer/statement-kind.ts';
import type { CatalogUse } from '../catalog/catalog-use.ts';
import type { OutputColumn } from '../dialect/columns/output-column.ts';
import type { RowBound } from '../dialect/row-bound.ts';
import type { EngineStatement, RowSource } from '../engine/engine-connection.ts';
import { RowCursor } from '../session/row-cursor.ts';
import type { Session } from '../session/session.ts';
import type { StatementRun } from '../session/statement-run.ts';
import type { BoundParameters } from './bound-parameters.ts';
import { typeNulls } from './cast-parameters.ts';
import { commandTag, rowsTag } from './command-tag.ts';
import { describeStatement } from './describe-statement.ts';
import { sqlErrorOfDuckDB } from './duckdb-error.ts';
import { typedColumns } from './typed-columns.ts';
import { misusedOperator } from './misused-operator.ts';
import { atSource, type SourceStatement } from './source-statement.ts';
import type { Execution, PlanShape, Replay } from './plan.ts';
import { type SessionPlan } from './session-plan.ts';

/** Kinds that passes may run on: they change nothing. */
const READING: ReadonlySet<StatementKind> = new Set<StatementKind>([
  'select',
  'values',
  'from_first',
  'pivot',
  'describe',
  'summarize',
  'show',
]);
const ALONE: ReadonlySet<StatementKind> = new Set<StatementKind>(['vacuum', 'checkpoint']);

type Types = readonly (DuckDBType | undefined)[];

/** A statement on its way to DuckDB: operators as symbols, dialect transformed. */
interface Translated {
  readonly kind: StatementKind;
  readonly source: SourceStatement;
  readonly sql: string;
  /** From `sql` back to the source's text, in UTF-16 units. */
  readonly map: (offset: number) => number;
  readonly before: readonly string[];
  readonly columns: readonly OutputColumn[] | null;
  readonly parameters: readonly (number | null)[];
  readonly catalogUse: CatalogUse;
  readonly operators: OperatorSet;
  readonly bound: RowBound | null;
  readonly selectForms: readonly string[];
}

/** Whatever DuckDB itself answers: queries, changes of data and of the schema. */
export async function queryPlan(
  source: SourceStatement,
  kind: StatementKind,
  session: Session,
): Promise<SessionPlan> {
  return planOf(await translate(source, kind, session));
}

function planOf(translated: Translated): SessionPlan {
  const { source, kind } = translated;
  return Object.freeze({
    sql: source.text,
    role: ALONE.has(kind) ? 'alone' : 'work',
    replay: replayOf(kind, source.text),
    describe: (current: Session, declared: Types = []) => describe(translated, current, declared),
    execute: (current: Session, parameters: BoundParameters, run: StatementRun) =>
      execute(translated, current, parameters, run),
  } satisfies SessionPlan);
}

function replayOf(kind: StatementKind, text: string): Replay {
  if (kind === 'explain') return explainRuns(text) ? 'unrepeatable_change' : 'skip';
  return READING.has(kind) || kind === 'set' || kind === 'reset' ? 'again' : 'change';
}

/** A query with a way to say what it would ask of models, without a call. */
export interface ExplainablePlan {
  readonly plan: SessionPlan;
  explain(session: Session, parameters: BoundParameters, run: StatementRun): Promise<SemanticExplanation>;
}

export async function explainablePlan(
  source: SourceStatement,
  kind: StatementKind,
  session: Session,
): Promise<ExplainablePlan> {
  const translated = await translate(source, kind, session);
  return Object.freeze({
    plan: planOf(translated),
    explain: (current: Session, parameters: BoundParameters, run: StatementRun) =>
      explain(translated, current, parameters, run),
  });
}

async function translate(
  source: SourceStatement,
  kind: StatementKind,
  session: Session,
): Promise<Translated> {
  const operators: OperatorSet = session.context.operators();
  const semantic = rewriteSemanticSyntax(source.text, operators);
  try {
    const translation = session.translate(semantic.sql);
    const { sql, map, before, columns, parameters, bound } = translation;
    await session.guard.require(sql, kind);
    const forms = READING.has(kind) ? [] : selectForms(sql, operators);
    return Object.freeze({
      kind,
      source,
      sql,
      map: (offset: number) => semantic.map.toSource(map.toSource(offset) ?? offset),
      before,
      columns,
      parameters,
      bound,
      catalogUse: translation,
      operators,
      selectForms: forms,
    });
  } catch (error) {
    throw atSource(error, source, (offset) => semantic.map.toSource(offset));
  }
}

async function describe(translated: Translated, session: Session, declared: Types): Promise<PlanShape> {
  try {
    await session.refreshCatalog(translated.catalogUse);
    if (translated.before.length > 0) return Object.freeze({ parameters: [], columns: null });
    const { sql, columns, parameters: cast } = translated;
    return { ...(await describeStatement(session.connection, sql, columns, declared)), cast };
  } catch (error) {
    throw atTranslated(error, translated);
  }
}

async function execute(
  translated: Translated,
  session: Session,
  parameters: BoundParameters,
  run: StatementRun,
): Promise<Execution> {
  const typed = withTypedNulls(translated, parameters);
  try {
    await session.refreshCatalog(typed.catalogUse);
    session.transaction.touch();
    if (typed.before.length > 0) session.journal.changed();
    for (const sql of typed.before) await session.connection.runInternal(sql);
    const most = Number(session.settings.known('rvbbit.max_rows'));
    return await executionOf(typed, await runStatement(typed, session, parameters, run), most);
  } catch (error) {
    throw atTranslated(error, typed);
  }
}

/** An INSERT's columns give its values their types. */
function withTypedNulls(translated: Translated, parameters: BoundParameters): Translated {
  if (translated.kind === 'insert' || !parameters.values.includes(null)) return translated;
  const { sql, map } = typeNulls(translated.sql, parameters);
  return { ...translated, sql, map: (offset) => translated.map(map.toSource(offset)) };
}

async function explain(
  translated: Translated,
  session: Session,
  parameters: BoundParameters,
  run: StatementRun,
): Promise<SemanticExplanation> {
  try {
    await session.refreshCatalog(translated.catalogUse);
    const loaded = await session.tables.load(translated.sql, parameters.values, run.scope, true);
    const statement = engineStatement(translated, loaded.sql, parameters);
    try {
      return await session.connection.explain(
        statement,
        parameters.values,
        hintedScope(run.scope, translated.source.text),
      );
    } finally {
      await loaded.abandon();
    }
  } catch (error) {
    throw atTranslated(error, translated);
  }
}

function engineStatement(
  { selectForms, kind, bound }: Translated,
  sql: string,
  { types }: BoundParameters,
): EngineStatement {
  return Object.freeze({ sql, selectForms, changesData: !READING.has(kind), bound, parameterTypes: types });
}

async function runStatement(
  translated: Translated,
  session: Session,
  parameters: BoundParameters,
  run: StatementRun,
): Promise<RowSource> {
  const explained = translated.kind === 'explain' && !explainRuns(translated.source.text);
  const loaded = await session.tables.load(translated.sql, parameters.values, run.scope, explained);
  const statement = engineStatement(translated, loaded.sql, parameters);
  try {
    const source = await session.connection.run(
      statement,
      parameters.values,
      hintedScope(run.scope, translated.source.text),
    );
    await loaded.finish();
    return source;
  } catch (error) {
    await loaded.abandon();
    throw error;
  }
}

async function executionOf(
  { kind, source, columns: known }: Translated,
  rows: RowSource,
  most: number,
): Promise<Execution> {
  if (rows.returnsRows && !ALONE.has(kind)) {
    const cursor = new RowCursor(rows, most);
    const columns = typedColumns(rows.columns, known);
    return {
      kind: 'rows',
      cursor,
      columns,
      limit: Infinity,
      tag: (sent) => rowsTag(kind, sent),
      owned: true,
    };
  }
  const changed = rows.rowsChanged ?? (kind === 'create_table_as' ? await reportedCount(rows) : 0);
  await rows.close();
  return { kind: 'done', tag: commandTag(kind, source.text, changed) };
}

/** CREATE TABLE AS reports its count as a row. */
async function reportedCount(rows: RowSource): Promise<number> {
  const chunk = await rows.next();
  return Number(chunk?.getRowValues(0)[0] ?? 0);
}

function atTranslated(error: unknown, { source, sql, map, operators }: Translated): unknown {
  return atSource(misusedOperator(sqlErrorOfDuckDB(error, sql), operators), source, map);
}
