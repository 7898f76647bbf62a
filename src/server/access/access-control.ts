import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { SqlError } from '../../errors.ts';
import type { Authenticator, Demand } from '../wire/auth/authenticator.ts';
import { acceptsPassword, type ScramVerifier, scramVerifier } from '../wire/auth/scram-verifier.ts';
import { type AccessMethod, type AccessRule, type Caller, fits, isLoopback } from './access-rule.ts';
import type { CurrentRole } from './current-role.ts';
import { administrator, type Role } from './role.ts';
import type { RoleBook } from './role-book.ts';

/** What a connection demands: a rule's method, or a password only of those who have one. */
type Method = AccessMethod | 'trust-without-password';

/** Decides who may enter, and how they show who they are. */
export class AccessControl implements Authenticator {
  readonly #secret = randomBytes(32);
  readonly #knownPasswords = new Map<string, string>();

  /** `rules` gives null where none were written: then the default of the address counts. */
  constructor(
    readonly roles: RoleBook,
    private readonly rules: () => readonly AccessRule[] | null,
    /** Whether the server listens on the loopback interface alone. */
    private readonly loopbackOnly: boolean,
  ) {}

  demand(caller: Caller): Demand {
    const role = this.roles.get(caller.user);
    const method = this.#methodFor(caller);
    switch (method) {
      case null:
        return { kind: 'reject', error: noEntry(caller) };
      case 'reject':
        return { kind: 'reject', error: rejected(caller) };
      case 'trust':
        return { kind: 'trust' };
      case 'trust-without-password':
        return role?.verifier ? { kind: 'scram', verifier: role.verifier } : { kind: 'trust' };
      case 'cert':
        return caller.certificateName === caller.user
          ? { kind: 'trust' }
          : { kind: 'reject', error: wrongCertificate(caller) };
      case 'password':
        return {
          kind: 'password',
          accepts: (given) => acceptsPassword(this.#verifierOf(caller.user), given),
        };
      case 'scram-sha-256':
        return { kind: 'scram', verifier: this.#verifierOf(caller.user) };
    }
  }

  /** After the proof: may they log in, and there? Throws a FATAL SqlError. */
  admit(caller: Caller): CurrentRole {
    const role = this.roles.get(caller.user);
    if (role === undefined) {
      if (!this.#isLocalUser(caller)) throw fatal('28000', `role "${caller.user}" does not exist`);
      const local = administrator(caller.user);
      return () => local;
    }
    if (!role.login) throw fatal('28000', `role "${role.name}" is not permitted to log in`);
    if (caller.database !== null) requireDatabase(role, caller.database);
    return () => this.roles.get(caller.user) ?? gone(role);
  }

  /** Who an HTTP request comes from; null where it has to say so first. */
  async identify(
    caller: Omit<Caller, 'user'>,
    credentials: { readonly user: string; readonly password: string } | { readonly token: string } | null,
  ): Promise<CurrentRole | null> {
    if (credentials === null) return this.#withoutCredentials(caller);
    const user = 'token' in credentials ? this.#userOfToken(credentials.token) : credentials.user;
    if (user === null) return null;
    const asUser = { ...caller, user };
    const demand = this.demand(asUser);
    if (demand.kind === 'reject') throw demand.error;
    if ('password' in credentials && !this.#passes(demand, user, credentials.password)) return null;
    return this.admit(asUser);
  }

  /** A browser sends the password with every request: a proof that was checked is not worked out again. */
  #passes(demand: Demand, user: string, password: string): boolean {
    if (demand.kind === 'trust') return true;
    const verifier = this.#verifierOf(user);
    const mark = createHmac('sha256', this.#secret)
      .update(`${user}\0${password}\0${verifier.storedKey.toString('hex')}`)
      .digest('hex');
    if (this.#knownPasswords.get(user) === mark) return true;
    const role = this.roles.get(user);
    if (role === undefined || !acceptsPassword(verifier, password)) return false;
    this.#knownPasswords.set(user, mark);
    return true;
  }

  #withoutCredentials(caller: Omit<Caller, 'user'>): CurrentRole | null {
    const asLocal = { ...caller, user: caller.certificateName ?? LOCAL_USER };
    const demand = this.demand(asLocal);
    if (demand.kind !== 'trust') return null;
    if (this.roles.get(asLocal.user) === undefined && !this.#isLocalUser(asLocal)) return null;
    return this.admit(asLocal);
  }

  #userOfToken(token: string): string | null {
    const hash = createHash('sha256').update(token).digest();
    const owner = this.roles
      .list()
      .find(({ tokens }) => tokens.some((known) => timingSafeEqual(Buffer.from(known, 'hex'), hash)));
    return owner?.name ?? null;
  }

  #methodFor(caller: Caller): Method | null {
    const rules = this.rules();
    if (rules === null) return this.#defaultMethod(caller);
    const role = this.roles.get(caller.user);
    const rights = role === undefined ? new Set<string>() : this.roles.rightsOf(role);
    return rules.find((rule) => fits(rule, caller, (name) => rights.has(name)))?.method ?? null;
  }

  /** Loopback needs no password until an administrator has one; any other address always does. */
  #defaultMethod({ address }: Caller): Method {
    const open = this.loopbackOnly && isLoopback(address) && !this.roles.claimed;
    return open ? 'trust-without-password' : 'scram-sha-256';
  }

  #isLocalUser({ address }: Caller): boolean {
    return isLoopback(address) && !this.roles.claimed;
  }

  /** Nobody learns from the answer which users there are: an unknown one has a salt too, always the same. */
  #verifierOf(user: string): ScramVerifier {
    const role = this.roles.get(user);
    const expired = role?.validUntil != null && role.validUntil.getTime() < Date.now();
    if (role?.verifier && !expired) return role.verifier;
    const salt = createHmac('sha256', this.#secret).update(user).digest().subarray(0, 16);
    return scramVerifier(randomBytes(16).toString('hex'), salt);
  }
}

/** The name of whoever uses the Studio of a server without accounts. */
export const LOCAL_USER = 'studio';

export function requireDatabase({ superuser, databases, name }: Role, database: string): void {
  if (superuser || databases === null || databases.includes(database)) return;
  throw new SqlError('42501', `permission denied for database "${database}"`, {
    severity: 'FATAL',
    detail: `Role "${name}" does not have CONNECT privilege.`,
  });
}

/** A role that was dropped has no rights; its session ends with its next statement. */
function gone({ name }: Role): never {
  throw fatal('28000', `role "${name}" does not exist any more`);
}

function noEntry({ address, user, database, encrypted }: Caller): SqlError {
  const where = database === null ? '' : `, database "${database}"`;
  return fatal(
    '28000',
    `no access rule for host "${address ?? ''}", user "${user}"${where}, ${encrypted ? 'SSL encryption' : 'no encryption'}`,
  );
}

function rejected({ address, user }: Caller): SqlError {
  return fatal('28000', `an access rule rejects host "${address ?? ''}", user "${user}"`);
}

function wrongCertificate({ user, certificateName }: Caller): SqlError {
  const shown = certificateName === null ? 'no valid client certificate' : `one for "${certificateName}"`;
  return fatal('28000', `certificate authentication failed for user "${user}": the client showed ${shown}`);
}

function fatal(code: string, message: string): SqlError {
  return new SqlError(code, message, { severity: 'FATAL' });
}
