import { SqlError } from '../../errors.ts';
import { bindParameters } from '../statements/bind-parameters.ts';
import { NO_PARAMETERS } from '../statements/bound-parameters.ts';
import { cursorStatement } from '../statements/cursor.ts';
import { declaredTypes, parameterTypes } from '../statements/parameter-types.ts';
import { type Execution, NO_SHAPE, type PlanShape } from '../statements/plan.ts';
import { endsTransaction, prepareSingle } from '../statements/prepare-statement.ts';
import type { SessionPlan } from '../statements/session-plan.ts';
import { columnsAsTold } from '../statements/typed-columns.ts';
import { statementNamed } from '../statements/prepared.ts';
import * as backend from '../wire/backend/encode-backend.ts';
import type {
  BindMessage,
  ExecuteMessage,
  ParseMessage,
  TargetMessage,
} from '../wire/frontend/frontend-message.ts';
import { rowEncoderOf, wireColumns } from '../wire/rows/row-encoder-of.ts';
import { pumpRows } from '../wire/rows/row-pump.ts';
import type { ClientLink } from './client-link.ts';
import { Portal } from './portal.ts';
import { sendCommand } from './send-execution.ts';
import type { Session } from './session.ts';
import { joinTransaction } from './simple-query.ts';

const SYNC = 'S'.charCodeAt(0);

/** The extended protocol of one session, a method a message. Each throws SqlError; the rest up to Sync is skipped. */
export class ExtendedQuery {
  constructor(
    private readonly link: ClientLink,
    private readonly session: Session,
  ) {}

  async parse({ name, sql, parameterOids }: ParseMessage): Promise<void> {
    const { session } = this;
    if (name !== '' && session.statements.has(name)) {
      throw new SqlError('42P05', `prepared statement "${name}" already exists`);
    }
    if (!endsTransaction({ text: sql, start: 0 })) session.transaction.requireSound();
    const parse = async (): Promise<void> => {
      const plan = await prepareSingle(sql, session);
      const shape = await shapeOf(plan, session, declaredTypes(parameterOids));
      const parameters = parameterTypes(shape, parameterOids);
      session.statements.set(name, { name, sql, plan, shape, parameters });
    };
    await session.during(session.newRun(), sql, parse, true);
    this.link.output.send(backend.parseComplete());
  }

  async bind(message: BindMessage): Promise<void> {
    const { session } = this;
    const statement = statementNamed(session, message.statement);
    if (statement.plan.role !== 'control') session.transaction.requireSound();
    if (message.portal !== '' && session.portals.has(message.portal)) {
      throw new SqlError('42P03', `cursor "${message.portal}" already exists`);
    }
    checkCounts(message, statement.parameters.length, statement.shape, statement.name);
    const parameters = bindParameters(message, statement.parameters, statement.shape, session.style());
    await session.portals.get(message.portal)?.close();
    session.portals.set(
      message.portal,
      new Portal(message.portal, statement, parameters, message.resultFormats),
    );
    this.link.output.send(backend.bindComplete());
  }

  async describe({ target, name }: TargetMessage): Promise<void> {
    const { output } = this.link;
    if (target === 'portal') {
      const portal = this.#portal(name);
      this.#describeColumns(portal.statement.shape, (index) => portal.formatOf(index));
      return;
    }
    const statement = statementNamed(this.session, name);
    output.send(backend.parameterDescription(statement.parameters.map(({ codec }) => codec.oid)));
    this.#describeColumns(statement.shape, () => 0);
  }

  async execute({ portal: name, maxRows }: ExecuteMessage): Promise<void> {
    const { session } = this;
    const portal = this.#portal(name);
    const { plan } = portal.statement;
    if (plan.role !== 'control') session.transaction.requireSound();
    const run = (portal.run ??= session.newRun());
    await session.during(run, portal.statement.sql, async () => {
      if (portal.execution === null) await this.#start(portal);
      const execution = portal.execution as Execution | null;
      if (execution?.kind === 'rows') await this.#sendRows(portal, execution, maxRows);
      else if (execution !== null) {
        if (portal.finished) throw new SqlError('55000', `portal "${name}" cannot be run`);
        portal.finished = true;
        await sendCommand(this.link, execution, run, () => this.#beforeComplete());
      }
    });
  }

  async close({ target, name }: TargetMessage): Promise<void> {
    const { session } = this;
    if (target === 'statement') session.statements.delete(name);
    else {
      await session.portals.get(name)?.close();
      session.portals.delete(name);
      await session.closeCursors((cursor) => cursor.name === name);
    }
    this.link.output.send(backend.closeComplete());
  }

  /** Ends the implicit transaction of the messages since the last one. */
  async sync(): Promise<void> {
    await this.session.transaction.endImplicit();
    if (!this.session.transaction.inBlock) await this.session.closePortals();
  }

  async #start(portal: Portal<Session>): Promise<void> {
    const { session } = this;
    const { plan, shape } = portal.statement;
    await joinTransaction(session, plan, this.link.input.nextType() !== SYNC);
    const execution = await plan.execute(session, portal.parameters, portal.run ?? session.newRun());
    portal.execution = execution;
    portal.entry = session.record(plan, portal.parameters);
    if (execution.kind !== 'rows') return;
    const columns = columnsAsTold(execution.columns, shape.columns);
    portal.encoder = rowEncoderOf(columns, (index) => portal.formatOf(index), session.style());
  }

  async #sendRows(
    portal: Portal<Session>,
    execution: Extract<Execution, { kind: 'rows' }>,
    maxRows: number,
  ): Promise<void> {
    const { output } = this.link;
    const { encoder, entry } = portal;
    const left = execution.limit - portal.sent;
    const most = Math.min(maxRows === 0 ? Infinity : maxRows, left);
    const digest = encoder === null ? null : (entry?.sees(encoder) ?? null);
    const sent = encoder === null ? 0 : await pumpRows(execution.cursor, encoder, output, most, digest);
    portal.sent += sent;
    if (portal.run !== null) portal.run.rows = portal.sent;
    if (sent === maxRows && sent > 0 && portal.sent < execution.limit) {
      output.send(backend.portalSuspended());
      return;
    }
    await this.#beforeComplete();
    output.send(backend.commandComplete(execution.tag(sent)));
  }

  /** The last statement before a Sync is committed before it is called complete. */
  async #beforeComplete(): Promise<void> {
    if (this.link.input.nextType() === SYNC) await this.session.transaction.endImplicit();
  }

  #describeColumns(shape: PlanShape, formatOf: (index: number) => 0 | 1): void {
    const { columns } = shape;
    this.link.output.send(
      columns === null ? backend.noData() : backend.rowDescription(wireColumns(columns), formatOf),
    );
  }

  #portal(name: string): Portal<Session> {
    const { portals, cursors } = this.session;
    const cursor = cursors.get(name);
    const portal =
      portals.get(name) ?? (cursor && new Portal<Session>(name, cursorStatement(cursor), NO_PARAMETERS, []));
    if (portal === undefined) throw new SqlError('34000', `portal "${name}" does not exist`);
    return portal;
  }
}

async function shapeOf(
  plan: SessionPlan,
  session: Session,
  declared: ReturnType<typeof declaredTypes>,
): Promise<PlanShape> {
  return plan.role === 'control' ? NO_SHAPE : plan.describe(session, declared);
}

function checkCounts(
  { values, resultFormats }: BindMessage,
  wanted: number,
  shape: PlanShape,
  name: string,
): void {
  if (values.length !== wanted) {
    throw new SqlError(
      '08P01',
      `bind message supplies ${values.length} parameters, but prepared statement "${name}" requires ${wanted}`,
    );
  }
  const columns = shape.columns?.length ?? 0;
  if (resultFormats.length > 1 && resultFormats.length !== columns) {
    throw new SqlError(
      '08P01',
      `bind message has ${resultFormats.length} result formats but query has ${columns} columns`,
    );
  }
}
