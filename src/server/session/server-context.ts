import type { StatementScope } from '../../operators/evaluation/statement-scope.ts';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import type { Translator } from '../dialect/translated.ts';
import type { Databases } from '../engine/engine-connection.ts';
import type { RoleBook } from '../access/role-book.ts';
import type { Authenticator } from '../wire/auth/authenticator.ts';
import type { TlsSource } from '../wire/tls-identity.ts';
import type { StatementRecord } from '../../training/log/statement-log.ts';
import type { Admission } from './admission.ts';
import type { Backends } from './backends.ts';
import type { EndedStatement } from './ended-statement.ts';
import type { Channels } from './channels.ts';
import type { MakeTables } from './statement-tables.ts';

/** Where the server says what happens; pino's loggers fit. */
export interface ServerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Everything that sessions need, made by whoever starts the server. Frozen. */
export interface ServerContext {
  readonly databases: Databases;
  /** The set in force: a statement takes it once. */
  readonly operators: () => OperatorSet;
  readonly dialect: Translator;
  /** When the server started. */
  readonly startedAt: Date;
  readonly tables: MakeTables;
  readonly authenticator: Authenticator;
  readonly roles: RoleBook;
  readonly backends: Backends;
  readonly channels: Channels;
  readonly admission: Admission;
  /** null where clients are told that there is no TLS. */
  readonly tls: TlsSource | null;
  readonly log: ServerLog;
  /** Runs a cascade for a statement: its answer, known or asked. Left out, nothing is asked that way. */
  readonly ask?: (
    cascadeId: string,
    inputs: Readonly<Record<string, unknown>>,
    scope: StatementScope,
  ) => Promise<unknown>;
  /** Told of every statement that has ended. */
  readonly ended?: (statement: EndedStatement) => void;
  /** Told of each statement that called a semantic operator, when it has ended. */
  readonly statements?: (record: StatementRecord) => void;
}
