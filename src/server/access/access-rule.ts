import { BlockList, isIP, isIPv6 } from 'node:net';

export const ACCESS_METHODS = Object.freeze([
  'trust',
  'scram-sha-256',
  'password',
  'cert',
  'reject',
] as const);
export type AccessMethod = (typeof ACCESS_METHODS)[number];

export const CONNECTION_TYPES = Object.freeze(['host', 'hostssl', 'hostnossl'] as const);
export type ConnectionType = (typeof CONNECTION_TYPES)[number];

/** Who may come from where, and how they show who they are; the first rule that fits decides. Frozen. */
export interface AccessRule {
  /** `host` is any connection, `hostssl` an encrypted one, `hostnossl` one that is not. */
  readonly type: ConnectionType;
  /** null is any. */
  readonly databases: readonly string[] | null;
  /** null is any; `+name` is every member of a role. */
  readonly users: readonly string[] | null;
  /** `all`, an address, or a network as `10.0.0.0/8`. */
  readonly address: string;
  readonly method: AccessMethod;
}

/** Someone at the door. */
export interface Caller {
  readonly user: string;
  /** null where none is named yet: HTTP. */
  readonly database: string | null;
  readonly address: string | null;
  readonly encrypted: boolean;
  /** Common name of the certificate that the client showed and the server's CA signed; null without one. */
  readonly certificateName: string | null;
}

export function fits(rule: AccessRule, caller: Caller, isMember: (role: string) => boolean): boolean {
  const { type, databases, users, address } = rule;
  if (type !== 'host' && (type === 'hostssl') !== caller.encrypted) return false;
  if (databases !== null && caller.database !== null && !databases.includes(caller.database)) return false;
  if (users !== null && !users.some((user) => named(user, caller.user, isMember))) return false;
  return address === 'all' || holds(address, caller.address);
}

function named(rule: string, user: string, isMember: (role: string) => boolean): boolean {
  return rule.startsWith('+') ? isMember(rule.slice(1)) : rule === user;
}

/** `address` is `all`, an address or a network. */
export function isAddress(address: string): boolean {
  if (address === 'all') return true;
  const [ip = '', bits, ...more] = address.split('/');
  if (isIP(ip) === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv6(ip) ? 128 : 32));
}

export function isLoopback(address: string | null): boolean {
  return holds('127.0.0.0/8', address) || holds('::1', address);
}

function holds(network: string, address: string | null): boolean {
  const plain = withoutMapping(address ?? '');
  const [ip = '', bits] = network.split('/');
  if (isIP(plain) === 0 || isIPv6(plain) !== isIPv6(ip)) return false;
  const family = isIPv6(ip) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(ip, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  return list.check(plain, family);
}

/** `::ffff:10.0.0.1` is how a socket for both families sees 10.0.0.1. */
function withoutMapping(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
