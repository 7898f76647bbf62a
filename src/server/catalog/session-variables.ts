/**
 * What the catalogue knows of a session: variables of its DuckDB connection, which the macros read. The session sets
 * them when it starts and when they change; `activityVariable` before a statement that reads pg_stat_activity.
 */
export interface SessionFacts {
  readonly user: string;
  readonly backendPid: number;
  readonly clientAddress: string | null;
  readonly serverStarted: Date;
}

/** A row of pg_roles. */
export interface RoleRow {
  readonly oid: number;
  readonly name: string;
  readonly superuser: boolean;
  readonly createRole: boolean;
  readonly createDb: boolean;
  readonly login: boolean;
  readonly connectionLimit: number | null;
  readonly validUntil: Date | null;
  readonly settings: readonly string[];
}

/** A row of pg_auth_members. */
export interface MemberRow {
  readonly roleOid: number;
  readonly memberOid: number;
}

/** The FROM clause of relations that show roles. */
export const ROLES = "(SELECT unnest(getvariable('rvbbit_roles')) AS r)";

/** Before a statement that reads them. */
export function roleVariables(roles: readonly RoleRow[], members: readonly MemberRow[]): readonly string[] {
  const pairs = members.map(
    ({ roleOid, memberOid }) => `{role_oid: ${roleOid}::BIGINT, member_oid: ${memberOid}::BIGINT}`,
  );
  return [
    `SET VARIABLE rvbbit_roles = [${roles.map(roleRow).join(', ')}]`,
    `SET VARIABLE rvbbit_members = [${pairs.join(', ')}]::STRUCT(role_oid BIGINT, member_oid BIGINT)[]`,
  ];
}

function roleRow(role: RoleRow): string {
  const settings = role.settings.map(text).join(', ');
  const fields = {
    oid: `${role.oid}::BIGINT`,
    name: text(role.name),
    superuser: String(role.superuser),
    createrole: String(role.createRole),
    createdb: String(role.createDb),
    login: String(role.login),
    connection_limit: `${role.connectionLimit ?? -1}::INTEGER`,
    valid_until: time(role.validUntil),
    settings: role.settings.length === 0 ? 'NULL::VARCHAR[]' : `[${settings}]`,
  };
  return `{${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')}}`;
}

/** A row of pg_stat_activity. */
export interface SessionActivity {
  readonly pid: number;
  readonly database: string;
  readonly user: string;
  readonly applicationName: string;
  readonly clientAddress: string | null;
  readonly clientPort: number | null;
  readonly started: Date;
  readonly transactionStarted: Date | null;
  readonly queryStarted: Date | null;
  readonly state: 'active' | 'idle' | 'idle in transaction' | 'idle in transaction (aborted)';
  readonly query: string;
}

export function sessionVariables({
  user,
  backendPid,
  clientAddress,
  serverStarted,
}: SessionFacts): readonly string[] {
  return [
    `SET VARIABLE rvbbit_user = ${text(user)}`,
    `SET VARIABLE rvbbit_backend_pid = ${backendPid}`,
    `SET VARIABLE rvbbit_client_address = ${text(clientAddress)}`,
    `SET VARIABLE rvbbit_started = ${time(serverStarted)}`,
  ];
}

/** The settings that SHOW, current_setting and pg_settings tell, names in lower case. */
export function settingsVariable(settings: ReadonlyMap<string, string>): string {
  const entries = [...settings].map(([name, value]) => `${text(name)}: ${text(value)}`);
  return `SET VARIABLE rvbbit_settings = MAP {${entries.join(', ')}}`;
}

export function activityVariable(sessions: readonly SessionActivity[]): string {
  return `SET VARIABLE rvbbit_activity = [${sessions.map(activityRow).join(', ')}]`;
}

function activityRow(session: SessionActivity): string {
  const fields = {
    datid: '16384::BIGINT',
    datname: text(session.database),
    pid: `${session.pid}::INTEGER`,
    usesysid: '10::BIGINT',
    usename: text(session.user),
    application_name: text(session.applicationName),
    client_addr: text(session.clientAddress),
    client_port: `${session.clientPort ?? 'NULL'}::INTEGER`,
    backend_start: time(session.started),
    xact_start: time(session.transactionStarted),
    query_start: time(session.queryStarted),
    state_change: time(session.queryStarted),
    wait_event_type: session.state === 'active' ? 'NULL::VARCHAR' : "'Client'",
    wait_event: session.state === 'active' ? 'NULL::VARCHAR' : "'ClientRead'",
    state: text(session.state),
    query: text(session.query),
    backend_type: "'client backend'",
  };
  return `{${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')}}`;
}

function text(value: string | null): string {
  return value === null ? 'NULL::VARCHAR' : `'${value.replaceAll("'", "''")}'`;
}

function time(value: Date | null): string {
  return value === null ? 'NULL::TIMESTAMPTZ' : `'${value.toISOString()}'::TIMESTAMPTZ`;
}
