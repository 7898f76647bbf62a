import type { SqlError } from '../../../errors.ts';
import type { Caller } from '../../access/access-rule.ts';
import type { CurrentRole } from '../../access/current-role.ts';
import { administrator } from '../../access/role.ts';
import type { ScramVerifier } from './scram-verifier.ts';

/** What a client has to show before it is let in. */
export type Demand =
  | { readonly kind: 'trust' }
  | { readonly kind: 'reject'; readonly error: SqlError }
  | { readonly kind: 'password'; readonly accepts: (password: string) => boolean }
  /** `hash` is md5(password + user), hex, as PostgreSQL stores it behind "md5". */
  | { readonly kind: 'md5'; readonly hash: string | null }
  | { readonly kind: 'scram'; readonly verifier: ScramVerifier };

/**
 * Decides how a user proves who they are. An unknown user gets the same demand as a known one and fails at its end,
 * so that nobody learns from it which users there are.
 */
export interface Authenticator {
  demand(caller: Caller): Demand;
  /** The role of who has given the proof. Throws a FATAL SqlError where it may not log in. */
  admit(caller: Caller): CurrentRole;
}

/** Everybody is the administrator. */
export const TRUST: Authenticator = Object.freeze({
  demand: (): Demand => ({ kind: 'trust' }),
  admit: ({ user }: Caller): CurrentRole => {
    const role = administrator(user);
    return () => role;
  },
});
