import { SqlError } from '../../../errors.ts';
import { isGrantedRight, type Role, roleOf, type RoleFields } from '../../access/role.ts';
import { knownSetting } from '../../session/known-settings.ts';
import type { Session } from '../../session/session.ts';
import { unknownSetting } from '../../session/settings.ts';
import { settingName } from '../set.ts';
import type { WordReader } from '../word-reader.ts';
import { roleNames, roleOptions } from './role-options.ts';
import { requireDropRights, requireRoleRights, requireSuperuser } from './role-rights.ts';

type Command = (session: Session) => Promise<string>;

/** CREATE USER is CREATE ROLE with LOGIN. */
export function createRole(reader: WordReader): Command {
  const login = /\bUSER\b/i.test(reader.statement.text.slice(0, reader.offset));
  const name = reader.name();
  const fields = { login, ...roleOptions(reader) };
  return async (session) => {
    if (isGrantedRight(name) || name === 'public' || name === 'none') {
      throw new SqlError('42939', `role name "${name}" is reserved`);
    }
    requireRoleRights(session.role, undefined, fields);
    requireKnown(session, fields.memberOf ?? []);
    await session.context.roles.change(name, (known) => {
      if (known !== undefined) throw new SqlError('42710', `role "${name}" already exists`);
      return roleOf(name, fields);
    });
    return 'CREATE ROLE';
  };
}

/** ALTER ROLE with options, RENAME TO, SET and RESET. */
export function alterRole(reader: WordReader): Command {
  const name = reader.name();
  if (reader.accept('RENAME', 'TO')) return renamed(name, reader);
  if (reader.accept('IN', 'DATABASE')) {
    throw new SqlError('0A000', 'settings of a role in one database are not supported');
  }
  if (reader.accept('SET')) return withSetting(name, assignment(reader));
  if (reader.accept('RESET')) return withSetting(name, { name: resetName(reader), value: null });
  const fields = roleOptions(reader);
  return async (session) => {
    const role = session.context.roles.require(ownName(session, name));
    requireRoleRights(session.role, role, fields);
    await change(session, role.name, (known) => ({ ...known, ...fields }));
    return 'ALTER ROLE';
  };
}

function renamed(name: string, reader: WordReader): Command {
  const to = reader.name();
  reader.end();
  return async (session) => {
    const { roles } = session.context;
    const role = roles.require(name);
    requireRoleRights(session.role, role, { login: role.login });
    if (roles.get(to) !== undefined) throw new SqlError('42710', `role "${to}" already exists`);
    await roles.change(to, () => roleOf(to, role));
    await roles.change(name, () => null);
    return 'ALTER ROLE';
  };
}

interface Assignment {
  /** null is all. */
  readonly name: string | null;
  readonly value: string | null;
}

function assignment(reader: WordReader): Assignment {
  const name = settingName(reader).toLowerCase();
  if (!reader.acceptSign('=')) reader.accept('TO');
  const value = reader.accept('DEFAULT') ? null : reader.value();
  reader.end();
  const setting = knownSetting(name);
  if (setting === undefined) throw unknownSetting(name);
  return { name, value: value === null ? null : setting.normalize(value) };
}

function resetName(reader: WordReader): string | null {
  const name = reader.accept('ALL') ? null : settingName(reader).toLowerCase();
  reader.end();
  return name;
}

/** A setting of a role may bound its sessions, so nobody sets it for themselves. */
function withSetting(name: string, { name: setting, value }: Assignment): Command {
  return async (session) => {
    const role = session.context.roles.require(ownName(session, name));
    requireRoleRights(session.role, role, { login: role.login });
    await change(session, role.name, ({ settings, ...known }) => {
      const kept = [...settings].filter(([key]) => setting !== null && key !== setting);
      const added = setting === null || value === null ? [] : [[setting, value] as const];
      return { ...known, settings: new Map([...kept, ...added]) };
    });
    return 'ALTER ROLE';
  };
}

/** DROP ROLE [IF EXISTS] name, … */
export function dropRoles(reader: WordReader): Command {
  const ifExists = reader.accept('IF', 'EXISTS');
  const names = roleNames(reader);
  reader.end();
  return async (session) => {
    const { roles } = session.context;
    for (const name of names.filter((one) => !ifExists || roles.get(one) !== undefined)) {
      requireDropRights(session.role, roles.require(name));
      await roles.change(name, () => null);
    }
    return 'DROP ROLE';
  };
}

/** What everyone who is granted rights has to be: there. */
export function requireKnown(session: Session, names: readonly string[]): void {
  for (const name of names) {
    if (isGrantedRight(name)) requireSuperuser(session.role, `grant role "${name}"`);
    else session.context.roles.require(name);
  }
}

export async function change(
  session: Session,
  name: string,
  fieldsOf: (role: Role) => RoleFields,
): Promise<void> {
  const { roles } = session.context;
  await roles.change(name, (known) => roleOf(name, fieldsOf(known ?? roles.require(name))));
}

function ownName(session: Session, name: string): string {
  return name === 'current_user' || name === 'session_user' || name === 'current_role'
    ? session.options.user
    : name;
}
