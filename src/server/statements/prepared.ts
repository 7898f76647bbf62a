import { type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';
import type { PreparedStatement } from '../session/prepared-statement.ts';
import type { Session } from '../session/session.ts';
import type { StatementRun } from '../session/statement-run.ts';
import { type BoundParameters, NO_PARAMETERS } from './bound-parameters.ts';
import { parameterTypes } from './parameter-types.ts';
import type { SourceStatement } from './source-statement.ts';
import { typeNamed } from './type-name.ts';
import { WordReader } from './word-reader.ts';
import { type Execution } from './plan.ts';
import { type SessionPlan, commandPlan, type PrepareStatement } from './session-plan.ts';

/** PREPARE name [(type, …)] AS statement. */
export async function preparePlan(
  source: SourceStatement,
  session: Session,
  prepare: PrepareStatement,
): Promise<SessionPlan> {
  const reader = new WordReader(source);
  reader.expect('PREPARE');
  const name = reader.name();
  const declared = reader.next.text === '(' ? splitTypes(reader.bracketed()).map(typeNamed) : [];
  reader.expect('AS');
  const inner = reader.rest();
  const plan = await prepare(inner, session);
  return commandPlan(source.text, 'work', async (current) => {
    if (current.statements.has(name))
      throw new SqlError('42P05', `prepared statement "${name}" already exists`);
    const shape = await plan.describe(
      current,
      declared.map(({ duckType }) => duckType),
    );
    const parameters = parameterTypes(
      shape,
      declared.map((type) => type.oid),
    );
    current.statements.set(name, { name, sql: source.text, plan, shape, parameters });
    return 'PREPARE';
  });
}

function splitTypes(text: string): readonly string[] {
  return text.split(/,(?![^(]*\))/).map((type) => type.trim());
}

/** EXECUTE name [(value, …)]: values are constant expressions, evaluated by DuckDB. */
export function executePlan(source: SourceStatement, session: Session): SessionPlan {
  const reader = new WordReader(source);
  reader.expect('EXECUTE');
  const name = reader.name();
  const args = reader.next.text === '(' ? reader.bracketed().trim() : '';
  reader.end();
  const statement = statementNamed(session, name);
  return Object.freeze({
    sql: source.text,
    role: statement.plan.role,
    replay: statement.plan.replay,
    describe: async (current) => ({ parameters: [], columns: statementNamed(current, name).shape.columns }),
    execute: (current, _parameters, run) => execute(current, statementNamed(current, name), args, run),
  } satisfies SessionPlan);
}

async function execute(
  session: Session,
  statement: PreparedStatement<Session>,
  args: string,
  run: StatementRun,
): Promise<Execution> {
  const parameters = args === '' ? NO_PARAMETERS : await evaluate(session, args, run);
  const wanted = statement.parameters.length;
  if (parameters.values.length !== wanted) {
    throw new SqlError('42601', `wrong number of parameters for prepared statement "${statement.name}"`, {
      detail: `Expected ${wanted} parameters but got ${parameters.values.length}.`,
    });
  }
  return statement.plan.execute(session, parameters, run);
}

async function evaluate(session: Session, args: string, run: StatementRun): Promise<BoundParameters> {
  const { sql } = session.translate(`SELECT ${args}`);
  await session.guard.require(sql, 'select');
  const rows = await session.connection.run({ sql, selectForms: [], changesData: false }, [], run.scope);
  const types: readonly DuckDBType[] = rows.columns.map((column) => column.type);
  const chunk = await rows.next();
  const values: readonly DuckDBValue[] = chunk?.getRowValues(0) ?? [];
  await rows.close();
  return { values, types };
}

/** DEALLOCATE [PREPARE] {name | ALL}. */
export function deallocatePlan(source: SourceStatement): SessionPlan {
  const reader = new WordReader(source);
  reader.expect('DEALLOCATE');
  reader.accept('PREPARE');
  const name = reader.accept('ALL') ? null : reader.name();
  reader.end();
  return commandPlan(source.text, 'work', async (session) => {
    if (name === null) session.statements.clear();
    else session.statements.delete(statementNamed(session, name).name);
    return name === null ? 'DEALLOCATE ALL' : 'DEALLOCATE';
  });
}

export function statementNamed(session: Session, name: string): PreparedStatement<Session> {
  const statement = session.statements.get(name);
  if (statement !== undefined) return statement;
  const shown = name === '' ? 'unnamed prepared statement' : `prepared statement "${name}"`;
  throw new SqlError('26000', `${shown} does not exist`);
}
