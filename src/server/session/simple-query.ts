import { SqlError } from '../../errors.ts';
import { NO_PARAMETERS } from '../statements/bound-parameters.ts';
import type { Execution } from '../statements/plan.ts';
import type { SessionPlan } from '../statements/session-plan.ts';
import { endsTransaction, prepareStatement, sourceStatements } from '../statements/prepare-statement.ts';
import type { SourceStatement } from '../statements/source-statement.ts';
import * as backend from '../wire/backend/encode-backend.ts';
import { rowEncoderOf, wireColumns } from '../wire/rows/row-encoder-of.ts';
import { pumpRows } from '../wire/rows/row-pump.ts';
import type { ClientLink } from './client-link.ts';
import type { JournalEntry } from './journal.ts';
import { type BeforeComplete, sendCommand } from './send-execution.ts';
import type { Session } from './session.ts';
import type { StatementRun } from './statement-run.ts';

/** The statements of a Query message, one after another; several share one transaction. */
export async function simpleQuery(link: ClientLink, session: Session, sql: string): Promise<void> {
  await session.dropUnnamed();
  const sources = sourceStatements(sql);
  if (sources.length === 0) link.output.send(backend.emptyQueryResponse());
  for (const [index, source] of sources.entries()) {
    const last = index === sources.length - 1;
    await runSource(link, session, source, sources.length > 1, async () => {
      if (last) await session.transaction.endImplicit();
    });
  }
}

async function runSource(
  link: ClientLink,
  session: Session,
  source: SourceStatement,
  shared: boolean,
  beforeComplete: BeforeComplete,
): Promise<void> {
  if (!endsTransaction(source)) session.transaction.requireSound();
  const run = session.newRun();
  await session.during(run, source.text, async () => {
    const plan = await prepareStatement(source, session);
    await joinTransaction(session, plan, shared);
    const execution = await plan.execute(session, NO_PARAMETERS, run);
    const entry = session.record(plan, NO_PARAMETERS);
    if (execution.kind === 'rows') await sendRows(link, session, run, execution, entry, beforeComplete);
    else await sendCommand(link, execution, run, beforeComplete);
  });
}

/** Before a plan is run: `shared` where other statements come with it. */
export async function joinTransaction(session: Session, plan: SessionPlan, shared: boolean): Promise<void> {
  if (plan.role === 'alone' && (shared || session.transaction.open)) {
    const command = plan.sql.trimStart().split(/\s/, 1)[0]?.toUpperCase() ?? '';
    throw new SqlError('25001', `${command} cannot run inside a transaction block`);
  }
  if (plan.role === 'work' && shared) await session.transaction.beginImplicit();
  await session.noteSequences(plan);
}

async function sendRows(
  { output }: ClientLink,
  session: Session,
  run: StatementRun,
  execution: Extract<Execution, { kind: 'rows' }>,
  entry: JournalEntry<Session> | null,
  beforeComplete: BeforeComplete,
): Promise<void> {
  const { cursor } = execution;
  try {
    output.send(backend.rowDescription(wireColumns(execution.columns), () => 0));
    const encoder = rowEncoderOf(execution.columns, () => 0, session.style());
    const sent = await pumpRows(cursor, encoder, output, execution.limit, entry?.sees(encoder) ?? null);
    run.rows = sent;
    await beforeComplete();
    output.send(backend.commandComplete(execution.tag(sent)));
  } finally {
    if (execution.owned) await cursor.close();
  }
}
