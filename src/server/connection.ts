import type { Socket } from 'node:net';
import { SqlError, sqlErrorOf } from '../errors.ts';
import type { Caller } from './access/access-rule.ts';
import type { CurrentRole } from './access/current-role.ts';
import type { Backend } from './session/backends.ts';
import type { Notification } from './session/channels.ts';
import type { ClientLink } from './session/client-link.ts';
import { ExtendedQuery } from './session/extended-query.ts';
import type { ServerContext } from './session/server-context.ts';
import { Session } from './session/session.ts';
import { idleLimit } from './session/idle-limit.ts';
import { sessionBackend } from './session/session-backend.ts';
import { simpleQuery } from './session/simple-query.ts';
import { startupSettings } from './session/startup-settings.ts';
import { canceledByUser } from './session/statement-run.ts';
import { authenticate } from './wire/auth/authenticate.ts';
import * as backend from './wire/backend/encode-backend.ts';
import { decodeFrontend } from './wire/frontend/decode-frontend.ts';
import type { FrontendMessage } from './wire/frontend/frontend-message.ts';
import type { Frame } from './wire/frame-reader.ts';
import { handshake, type StartupRequest } from './wire/handshake.ts';
import { Input } from './wire/input.ts';
import { limitBeforeAuthentication, limitOfType } from './wire/length-limit.ts';
import { Output } from './wire/output.ts';
import { protocolViolation } from './wire/protocol-violation.ts';

const PASSWORD = 'p'.charCodeAt(0);
const QUERY = 'Q'.charCodeAt(0);
const SYNC = 'S'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);
/** Most time from the first byte to the proof of who the client is, as PostgreSQL's authentication_timeout. */
const AUTHENTICATION_MS = 60_000;
const LINGER_MS = 2000;
const NEW_SECRET = 32;
const OLD_SECRET = 4;

/** One client, from its first byte to its last. Messages are handled one after another, in the order they came. */
export class Connection {
  readonly #link: ClientLink;
  #session: Session | null = null;
  #extended: ExtendedQuery | null = null;
  /** After an error in the extended protocol nothing is heard before the next Sync. */
  #skipping = false;
  #waiting = false;
  #notifications: Notification[] = [];
  #terminated: SqlError | null = null;
  /** Gives the place of the connection back. */
  #leave: () => void = () => undefined;

  constructor(
    private readonly context: ServerContext,
    private readonly socket: Socket,
    private readonly authenticationMs = AUTHENTICATION_MS,
  ) {
    this.#link = { input: new Input(socket, () => this.#gone()), output: new Output(socket) };
    socket.on('error', () => socket.destroy());
  }

  /** Resolves when the connection has ended; never rejects. */
  async serve(): Promise<void> {
    const late = setTimeout(() => this.socket.destroy(), this.authenticationMs);
    try {
      const { input, output } = this.#link;
      const { tls, backends } = this.context;
      const cancel = (pid: number, secret: Buffer): void => backends.cancel(pid, secret, canceledByUser());
      const request = await handshake(input, output, { tls, cancel });
      if (request !== null) await this.#begin(request, () => clearTimeout(late));
    } catch (error) {
      this.#sendError(asFatal(error));
    } finally {
      clearTimeout(late);
      await this.#end();
    }
  }

  /** Ends the connection from outside; the client is told why. */
  terminate(reason: SqlError): void {
    this.#terminated = reason;
    this.#session?.cancel(reason);
    // A client that does not read keeps its statement from ending.
    setTimeout(() => this.socket.destroy(), LINGER_MS).unref();
    if (!this.#waiting && this.#session !== null) return;
    this.#sendError(reason);
    this.#link.input.close();
  }

  async #begin(request: StartupRequest, known: () => void): Promise<void> {
    const user = request.parameters.get('user') ?? '';
    if (user === '') {
      throw new SqlError('28000', 'no PostgreSQL user name specified in startup packet', {
        severity: 'FATAL',
      });
    }
    const database = request.parameters.get('database') || user;
    const role = await this.#authenticate(request, user, database);
    known();
    this.#leave = this.context.admission.enter(role());
    const pid = this.context.backends.newPid();
    const session = await Session.open(this.context, {
      pid,
      user,
      role,
      database,
      settings: startupSettings(request.parameters),
      clientAddress: this.socket.remoteAddress ?? null,
      notice: (notice) => this.#sendNow(backend.noticeResponse(notice)),
      stopped: (reason) => this.#link.output.stop(reason),
      notified: (notification) => this.#notified(notification),
    });
    this.#session = session;
    this.#extended = new ExtendedQuery(this.#link, session);
    const secret = this.context.backends.newSecret(request.minor >= 2 ? NEW_SECRET : OLD_SECRET);
    this.context.backends.add(this.#backend(session, secret));
    this.#welcome(session, secret);
    await this.#serveMessages(session);
  }

  async #authenticate({ encryption }: StartupRequest, user: string, database: string): Promise<CurrentRole> {
    const { input, output } = this.#link;
    const ask = async (request: Buffer): Promise<Buffer> => {
      output.send(request);
      await output.flush();
      const frame = await input.message(limitBeforeAuthentication);
      if (frame === null) throw new SqlError('08006', 'the client went away', { severity: 'FATAL' });
      if (frame.type !== PASSWORD)
        throw protocolViolation(`expected password response, got message type ${frame.type}`);
      return frame.body;
    };
    const caller: Caller = {
      user,
      database,
      address: this.socket.remoteAddress ?? null,
      encrypted: encryption !== null,
      certificateName: encryption?.certificateName ?? null,
    };
    const { authenticator } = this.context;
    const send = (message: Buffer): void => output.send(message);
    await authenticate(authenticator.demand(caller), user, ask, send, encryption?.endPoint ?? null);
    const role = authenticator.admit(caller);
    output.send(backend.authenticationOk());
    return role;
  }

  #welcome(session: Session, secret: Buffer): void {
    const { output } = this.#link;
    for (const [name, value] of session.settings.reported())
      output.send(backend.parameterStatus(name, value));
    output.send(backend.backendKeyData(session.options.pid, secret));
    this.#sendReady(session);
  }

  async #serveMessages(session: Session): Promise<void> {
    const { input, output } = this.#link;
    for (;;) {
      this.#waiting = true;
      const frame = await this.#idle(session, () => input.message(limitOfType));
      this.#waiting = false;
      if (this.#terminated !== null) return;
      if (frame === null) return;
      if (frame.type === TERMINATE) return;
      await this.#handle(frame, session);
      if (this.#terminated !== null) throw this.#terminated;
      if (output.full) await output.flush();
    }
  }

  /** Waits for the client, for as long as its settings allow. */
  async #idle<T>(session: Session, next: () => Promise<T>): Promise<T> {
    const limit = idleLimit(session);
    if (limit === null) return next();
    const timer = setTimeout(() => this.terminate(limit.reason), limit.ms);
    try {
      return await next();
    } finally {
      clearTimeout(timer);
    }
  }

  async #handle(frame: Frame, session: Session): Promise<void> {
    if (this.#skipping && frame.type !== SYNC) return;
    try {
      await this.#dispatch(decodeFrontend(frame), session);
    } catch (error) {
      await this.#fail(error, frame, session);
    }
  }

  async #dispatch(message: FrontendMessage, session: Session): Promise<void> {
    const extended = this.#extended as ExtendedQuery;
    switch (message.type) {
      case 'query':
        await simpleQuery(this.#link, session, message.sql);
        return this.#ready(session);
      case 'parse':
        return extended.parse(message);
      case 'bind':
        return extended.bind(message);
      case 'describe':
        return extended.describe(message);
      case 'execute':
        return extended.execute(message);
      case 'close':
        return extended.close(message);
      case 'sync':
        this.#skipping = false;
        await extended.sync();
        return this.#ready(session);
      case 'flush':
        return this.#link.output.flush();
      default:
        // COPY data that was under way when its COPY failed.
        return;
    }
  }

  /** A FATAL error ends the connection; another one the statement, and what was sent along with it. */
  async #fail(error: unknown, { type }: Frame, session: Session): Promise<void> {
    const sqlError = this.#reported(error);
    if (sqlError.severity !== 'ERROR') throw sqlError;
    this.#link.output.send(backend.errorResponse(sqlError));
    await session.transaction.fail();
    this.#skipping = type !== QUERY && type !== SYNC;
    if (!this.#skipping) await this.#ready(session);
  }

  async #ready(session: Session): Promise<void> {
    this.#sendReady(session);
    await this.#link.output.flush();
  }

  #sendReady(session: Session): void {
    const { output } = this.#link;
    for (const [name, value] of session.settings.takeReports())
      output.send(backend.parameterStatus(name, value));
    if (session.transaction.status === 'I') this.#sendNotifications();
    output.send(backend.readyForQuery(session.transaction.status));
    output.flushNow();
  }

  /** A client that waits in no transaction is told at once. */
  #notified(notification: Notification): void {
    this.#notifications.push(notification);
    if (!this.#waiting || this.#session?.transaction.status !== 'I') return;
    this.#sendNotifications();
    this.#link.output.flushNow();
  }

  #sendNotifications(): void {
    for (const { pid, channel, payload } of this.#notifications.splice(0)) {
      this.#link.output.send(backend.notificationResponse(pid, channel, payload));
    }
  }

  #sendNow(message: Buffer): void {
    this.#link.output.send(message);
    this.#link.output.flushNow();
  }

  #sendError(error: SqlError): void {
    this.#sendNow(backend.errorResponse(error));
  }

  #reported(error: unknown): SqlError {
    const reported = sqlErrorOf(error);
    if (reported !== error && reported.code === 'XX000')
      this.context.log.error({ err: error }, 'a statement failed for a reason within the server');
    return reported;
  }

  #gone(): void {
    this.#session?.cancel(new SqlError('08006', 'the client went away', { severity: 'FATAL' }));
  }

  #backend(session: Session, secret: Buffer): Backend {
    return sessionBackend(session, {
      secret,
      address: this.socket.remoteAddress ?? null,
      port: this.socket.remotePort ?? null,
      terminate: (reason) => this.terminate(reason),
    });
  }

  async #end(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    this.#leave();
    try {
      if (session !== null) {
        this.context.backends.remove(session.options.pid);
        await session.close();
      }
    } catch (error) {
      this.context.log.error({ err: error }, 'a session could not be closed');
    } finally {
      this.#link.output.close();
      this.#link.input.close();
      this.#hangUp();
    }
  }

  /** A client that neither reads nor hangs up is not waited for. */
  #hangUp(): void {
    const linger = setTimeout(() => this.socket.destroy(), LINGER_MS);
    this.socket.once('close', () => clearTimeout(linger));
  }
}

function asFatal(error: unknown): SqlError {
  const { code, message, detail, hint } = sqlErrorOf(error);
  return new SqlError(code, message, {
    severity: 'FATAL',
    cause: error,
    ...(detail === undefined ? {} : { detail }),
    ...(hint === undefined ? {} : { hint }),
  });
}
