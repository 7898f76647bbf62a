import type { ScramVerifier } from '../wire/auth/scram-verifier.ts';

/** One account and what it may do. Frozen. */
export interface Role {
  readonly name: string;
  readonly login: boolean;
  /** May do everything: files, network, extensions, settings of the engine, other roles. */
  readonly superuser: boolean;
  readonly createRole: boolean;
  /** May connect to a database that does not exist yet, which makes it. */
  readonly createDb: boolean;
  /** May change nothing: no rows, no tables, no marks. */
  readonly readOnly: boolean;
  /** Most connections at a time; null is no limit. */
  readonly connectionLimit: number | null;
  /** When the password ceases to be one; null never. */
  readonly validUntil: Date | null;
  /** null where no password lets it in. */
  readonly verifier: ScramVerifier | null;
  /** SHA-256 of the bearer tokens that HTTP takes for it, hex. */
  readonly tokens: readonly string[];
  /** Databases that it may connect to; null is any. */
  readonly databases: readonly string[] | null;
  /** Roles whose rights it has too, direct ones. */
  readonly memberOf: readonly string[];
  /** What its sessions begin with; the bounds among them (see role-limits.ts) cannot be exceeded by SET. By lower-case name. */
  readonly settings: ReadonlyMap<string, string>;
}

export type RoleFields = Partial<Omit<Role, 'name'>>;

/** A role that may do nothing but log in and work with tables, but for the fields given. */
export function roleOf(name: string, fields: RoleFields = {}): Role {
  return Object.freeze({
    login: false,
    superuser: false,
    createRole: false,
    createDb: false,
    readOnly: false,
    connectionLimit: null,
    validUntil: null,
    verifier: null,
    tokens: Object.freeze([]),
    databases: null,
    memberOf: Object.freeze([]),
    settings: new Map<string, string>(),
    ...fields,
    name,
  });
}

/** The single local user, who needs no account. */
export function administrator(name: string): Role {
  return roleOf(name, { login: true, superuser: true, createRole: true, createDb: true });
}

/** Rights that GRANT gives, by PostgreSQL's names. */
export const GRANTED_RIGHTS = Object.freeze([
  'pg_read_server_files',
  'pg_write_server_files',
  'pg_monitor',
  'pg_read_all_settings',
  'pg_read_all_stats',
  'pg_signal_backend',
] as const);

export type GrantedRight = (typeof GRANTED_RIGHTS)[number];

export function isGrantedRight(name: string): boolean {
  return (GRANTED_RIGHTS as readonly string[]).includes(name);
}
