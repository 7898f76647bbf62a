import type { Session } from '../../session/session.ts';
import { commandPlan, type SessionPlan } from '../session-plan.ts';
import type { SourceStatement } from '../source-statement.ts';
import { WordReader } from '../word-reader.ts';
import { alterRole, createRole, dropRoles } from './change-roles.ts';
import { grantPlan } from './grant.ts';

type RoleCommand = (reader: WordReader) => (session: Session) => Promise<string>;

const COMMANDS: Readonly<Record<string, RoleCommand>> = Object.freeze({
  CREATE: createRole,
  ALTER: alterRole,
  DROP: dropRoles,
});

/**
 * CREATE, ALTER and DROP of ROLE, USER and GROUP, GRANT and REVOKE; null for every other statement. They are in force at
 * once and no ROLLBACK takes them back, so they run in no transaction. Throws SqlError.
 */
export function roleStatement(source: SourceStatement): SessionPlan | null {
  if (!/^[\s(;]*(--|\/\*|create|alter|drop|grant|revoke)/i.test(source.text)) return null;
  const reader = new WordReader(source);
  if (reader.accept('GRANT')) return planOf(source, grantPlan(reader, 'GRANT'));
  if (reader.accept('REVOKE')) return planOf(source, grantPlan(reader, 'REVOKE'));
  const word = Object.keys(COMMANDS).find((command) =>
    ['ROLE', 'USER', 'GROUP'].some((object) => reader.accept(command, object)),
  );
  const command = COMMANDS[word ?? ''];
  return command === undefined ? null : planOf(source, command(reader));
}

function planOf(source: SourceStatement, run: (session: Session) => Promise<string>): SessionPlan {
  return commandPlan(source.text, 'alone', (session) => run(session));
}
