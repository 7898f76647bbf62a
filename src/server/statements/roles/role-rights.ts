import { SqlError } from '../../../errors.ts';
import type { Role, RoleFields } from '../../access/role.ts';
import { needsSuperuser } from './role-options.ts';

/** Who may make a role what it is to be: CREATEROLE, and a superuser where rights above the tables are given. */
export function requireRoleRights(by: Role, role: Role | undefined, fields: RoleFields): void {
  if (by.superuser) return;
  if (onlyOwnPassword(by, role, fields)) return;
  const own = role?.name === by.name;
  if (by.createRole && !own && !needsSuperuser(role, fields)) return;
  throw denied(role === undefined ? 'permission denied to create role' : 'permission denied to alter role');
}

export function requireDropRights(by: Role, role: Role): void {
  if (role.name === by.name) throw new SqlError('55006', 'current user cannot be dropped');
  if (by.superuser || (by.createRole && !role.superuser)) return;
  throw denied('permission denied to drop role');
}

export function requireSuperuser(by: Role, to: string): void {
  if (!by.superuser) throw denied(`permission denied to ${to}`);
}

function onlyOwnPassword(by: Role, role: Role | undefined, fields: RoleFields): boolean {
  return role?.name === by.name && Object.keys(fields).every((field) => field === 'verifier');
}

function denied(message: string): SqlError {
  return new SqlError('42501', message, { hint: 'A superuser may do it.' });
}
