import { SqlError } from '../../errors.ts';
import type { StatementScope } from '../../operators/evaluation/statement-scope.ts';
import { codeTokens } from '../../operators/lexer/code-token.ts';
import { rewriteSemanticSyntax } from '../../operators/lexer/semantic-syntax.ts';
import { splitStatements } from '../../operators/lexer/split-statements.ts';
import { standsInFrom } from '../../operators/lexer/stands-in-from.ts';
import { statementKind, type StatementKind } from '../../operators/lexer/statement-kind.ts';
import type { Session } from '../session/session.ts';
import { functionCalls, type FunctionCall } from '../tables/function-calls.ts';
import { visibleSchema } from './ask-data-schema.ts';
import type { SessionPlan } from './session-plan.ts';
import type { SourceStatement } from './source-statement.ts';

const NAME = 'ask_data';
/** The cascade that writes the SELECT. */
const WRITER = 'semantic_ask_data';
/** Times a SELECT that may not be run, or cannot, is written anew. */
const MAX_REWRITES = 2;
const DEFAULT_ROWS = 1_000;
const MOST_MS = 60_000;

type QueryPlan = (source: SourceStatement, kind: StatementKind, session: Session) => Promise<SessionPlan>;

/**
 * A statement with `FROM ask_data('question' [, most rows])`: a model writes one SELECT over the tables of the database,
 * which a notice shows, and which then stands in the place of the call. null for every other statement. It is written
 * once a statement, when its columns are asked for or when it runs, for nothing else can tell them.
 */
export function askDataPlan(source: SourceStatement, queryPlan: QueryPlan): SessionPlan | null {
  const calls = callsIn(source.text);
  if (calls.length === 0) return null;
  let written: Promise<SessionPlan> | null = null;
  const planFor = (session: Session, scope: StatementScope): Promise<SessionPlan> => {
    written ??= write(source, calls, session, scope).then((text) =>
      queryPlan({ ...source, text }, statementKind(text), session),
    );
    written.catch(() => (written = null));
    return written;
  };
  return Object.freeze({
    sql: source.text,
    role: 'work',
    replay: statementKind(source.text) === 'select' ? 'skip' : 'unrepeatable_change',
    describe: async (session, declared) =>
      (await planFor(session, session.newRun().scope)).describe(session, declared),
    async execute(session, parameters, run) {
      const timer = setTimeout(() => run.abort(tooLong()), MOST_MS);
      try {
        return await (await planFor(session, run.scope)).execute(session, parameters, run);
      } finally {
        clearTimeout(timer);
      }
    },
  } satisfies SessionPlan);
}

/** Only in FROM: elsewhere it is some name. */
function callsIn(sql: string): readonly FunctionCall[] {
  const calls = functionCalls(sql, new Set([NAME]));
  if (calls.length === 0) return calls;
  const code = codeTokens(sql);
  return calls.filter((call) =>
    standsInFrom(
      code,
      code.findIndex(({ start }) => start === call.start),
    ),
  );
}

async function write(
  { text }: SourceStatement,
  calls: readonly FunctionCall[],
  session: Session,
  scope: StatementScope,
): Promise<string> {
  let written = text;
  for (const call of calls.toReversed()) {
    const { question, rows } = argumentsOf(call);
    const sql = await writeSelect(question, session, scope);
    scope.notice({ severity: 'NOTICE', code: '00000', message: `${NAME} runs: ${sql}` });
    const alias =
      /^\s*(AS\b|[A-Za-z_"](?!\w*\s*\())/i.test(text.slice(call.end)) && !endsTable(text.slice(call.end));
    const table = `(SELECT * FROM (${sql}\n) AS written LIMIT ${rows})${alias ? '' : ` AS ${NAME}`}`;
    written = written.slice(0, call.start) + table + written.slice(call.end);
  }
  return written;
}

/** Whether a clause follows, and not an alias. */
function endsTable(behind: string): boolean {
  return /^\s*(WHERE|GROUP|ORDER|LIMIT|OFFSET|FETCH|HAVING|WINDOW|UNION|EXCEPT|INTERSECT|JOIN|LEFT|RIGHT|FULL|INNER|CROSS|NATURAL|ON|USING|FOR|QUALIFY|TABLESAMPLE|RETURNING)\b/i.test(
    behind,
  );
}

function argumentsOf({ args }: FunctionCall): { readonly question: string; readonly rows: number } {
  const [question = '', rows = String(DEFAULT_ROWS), ...more] = args;
  const said = /^'((?:[^']|'')*)'$/s.exec(question)?.[1]?.replaceAll("''", "'").trim();
  if (said === undefined || said === '' || !/^[1-9]\d{0,6}$/.test(rows) || more.length > 0) {
    throw new SqlError('42601', `${NAME} takes a question and a number of rows, both as literals`, {
      hint: `Write it as FROM ${NAME}('How many orders were late?', 100).`,
    });
  }
  return { question: said, rows: Number(rows) };
}

async function writeSelect(question: string, session: Session, scope: StatementScope): Promise<string> {
  const { ask } = session.context;
  if (ask === undefined) throw new SqlError('0A000', `${NAME} is not available on this server`);
  const schema = await visibleSchema(session.connection);
  let trouble = '';
  for (let attempt = 0; ; attempt += 1) {
    const said = String(await ask(WRITER, { question, schema, trouble }, scope));
    const sql = said.replace(/^```\w*\s*|\s*```$/g, '').trim();
    try {
      return await checked(sql, session);
    } catch (error) {
      const again = error instanceof SqlError && attempt < MAX_REWRITES && !trouble.startsWith(`${sql}\n\n`);
      if (!again) throw refused(error, sql);
      trouble = `${sql}\n\n${error.message}`;
    }
  }
}

/** Throws SqlError where it is not one SELECT that the database understands, within what it may read. */
async function checked(sql: string, session: Session): Promise<string> {
  const [statement, ...more] = splitStatements(sql);
  const kind = statement === undefined ? 'empty' : statementKind(statement.text);
  if (statement === undefined || more.length > 0 || kind !== 'select') {
    throw new SqlError('42501', 'it is not one SELECT');
  }
  const { sql: semantic } = rewriteSemanticSyntax(statement.text, session.context.operators());
  const { sql: translated } = session.translate(semantic);
  await session.boundedQuery(translated);
  await session.connection.describe(translated);
  return statement.text;
}

function refused(error: unknown, sql: string): SqlError {
  const cause = error instanceof SqlError ? error : null;
  return new SqlError(
    cause?.code ?? 'XX000',
    `${NAME}: what the model wrote is not run: ${cause?.message ?? ''}`,
    {
      detail: sql,
      hint: 'Ask more plainly, name the tables, or SET rvbbit.model to another model.',
      cause: error,
    },
  );
}

function tooLong(): SqlError {
  return new SqlError('57014', `${NAME} took longer than ${MOST_MS} ms`, {
    hint: 'Run the SELECT that its notice shows, or ask for less.',
  });
}
