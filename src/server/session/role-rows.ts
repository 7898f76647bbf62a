import { type Role, roleOf } from '../access/role.ts';
import type { RoleBook } from '../access/role-book.ts';
import { OF_MONITOR, PREDEFINED } from '../catalog/relations/predefined-roles.ts';
import type { MemberRow, RoleRow } from '../catalog/session-variables.ts';

/** The owner of everything, as pg_class has it: the user of the session. */
const OWN_OID = 10;
const FIRST_OID = 20_000;
const OIDS = 1_000_000;

/** What pg_roles and pg_auth_members show to a session of `own`. */
export function roleRows(
  book: RoleBook,
  own: Role,
): { readonly roles: readonly RoleRow[]; readonly members: readonly MemberRow[] } {
  const others = [...book.list(), ...predefined()].filter(({ name }) => name !== own.name);
  const all = [own, ...others];
  const oidOf = (name: string): number => (name === own.name ? OWN_OID : oidOfName(name));
  return {
    roles: all.map((role) => rowOf(role, oidOf(role.name))),
    members: all.flatMap(({ name, memberOf }) =>
      memberOf.map((role) => ({ roleOid: oidOf(role), memberOid: oidOf(name) })),
    ),
  };
}

function rowOf(role: Role, oid: number): RoleRow {
  const { name, superuser, createRole, createDb, login, connectionLimit, validUntil } = role;
  const settings = [...role.settings].map(([key, value]) => `${key}=${value}`);
  const shown = role.readOnly ? ['transaction_read_only=on', ...settings] : settings;
  return { oid, name, superuser, createRole, createDb, login, connectionLimit, validUntil, settings: shown };
}

function predefined(): readonly Role[] {
  return [...PREDEFINED.keys()].map((name) =>
    roleOf(name, { memberOf: name === 'pg_monitor' ? OF_MONITOR : [] }),
  );
}

/** The same for the same name, now and after a restart. */
function oidOfName(name: string): number {
  const known = PREDEFINED.get(name);
  if (known !== undefined) return known;
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % OIDS;
  return FIRST_OID + hash;
}
