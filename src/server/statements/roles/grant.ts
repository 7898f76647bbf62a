import { SqlError } from '../../../errors.ts';
import type { Session } from '../../session/session.ts';
import type { WordReader } from '../word-reader.ts';
import { change, requireKnown } from './change-roles.ts';
import { roleNames } from './role-options.ts';
import { requireSuperuser } from './role-rights.ts';

type Command = (session: Session) => Promise<string>;
type Verb = 'GRANT' | 'REVOKE';

/**
 * GRANT and REVOKE of roles, and of CONNECT to a database. Rights on single tables cannot be kept (a view, a macro or a
 * file of DuckDB leads around them), so they are refused and not pretended.
 */
export function grantPlan(reader: WordReader, verb: Verb): Command {
  if (reader.accept('CONNECT', 'ON', 'DATABASE')) return connectPlan(reader, verb);
  if (reader.code.some((token) => token.kind === 'word' && token.text === 'ON')) throw noTableRights(verb);
  const granted = roleNames(reader);
  const members = receivers(reader, verb);
  return async (session) => {
    requireKnown(session, granted);
    requireSuperuser(session.role, `${verb.toLowerCase()} roles`);
    for (const name of members) {
      session.context.roles.require(name);
      if (verb === 'GRANT') refuseRing(session, granted, name);
      await change(session, name, (role) => ({ ...role, memberOf: changed(role.memberOf, granted, verb) }));
    }
    return `${verb} ROLE`;
  };
}

/** The first GRANT CONNECT of a role confines it to the databases that it was granted. */
function connectPlan(reader: WordReader, verb: Verb): Command {
  const databases = roleNames(reader);
  const names = receivers(reader, verb);
  return async (session) => {
    requireSuperuser(session.role, `${verb.toLowerCase()} CONNECT`);
    for (const name of names) {
      session.context.roles.require(name);
      const all = verb === 'REVOKE' ? await session.context.databases.names() : [];
      await change(session, name, (role) => ({
        ...role,
        databases: changed(role.databases ?? all, databases, verb),
      }));
    }
    return verb;
  };
}

function receivers(reader: WordReader, verb: Verb): readonly string[] {
  reader.expect(verb === 'GRANT' ? 'TO' : 'FROM');
  reader.accept('ROLE');
  const names = roleNames(reader);
  if (reader.accept('WITH')) throw new SqlError('0A000', 'GRANT with options is not supported');
  if (verb === 'REVOKE' && !reader.accept('CASCADE')) reader.accept('RESTRICT');
  reader.end();
  return names;
}

function refuseRing(session: Session, granted: readonly string[], member: string): void {
  const { roles } = session.context;
  for (const name of granted) {
    const role = roles.get(name);
    if (name !== member && (role === undefined || !roles.rightsOf(role).has(member))) continue;
    throw new SqlError('0LP01', `role "${name}" is a member of role "${member}"`);
  }
}

function changed(before: readonly string[], names: readonly string[], verb: Verb): readonly string[] {
  const others = before.filter((name) => !names.includes(name));
  return verb === 'GRANT' ? [...others, ...names] : others;
}

function noTableRights(verb: Verb): SqlError {
  return new SqlError('0A000', `${verb} on tables, schemas or functions is not supported`, {
    detail: 'A role reads, or reads and writes, all tables of the databases that it may connect to.',
    hint: 'ALTER ROLE name READ ONLY; GRANT CONNECT ON DATABASE name TO role; GRANT pg_read_server_files TO role.',
  });
}
