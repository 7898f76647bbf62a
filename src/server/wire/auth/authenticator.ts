import type { ScramVerifier } from './scram-verifier.ts';

/** What a client has to show before it is let in. */
export type Demand =
  | { readonly kind: 'trust' }
  | { readonly kind: 'password'; readonly accepts: (password: string) => boolean }
  /** `hash` is md5(password + user), hex, as PostgreSQL stores it behind "md5". */
  | { readonly kind: 'md5'; readonly hash: string | null }
  | { readonly kind: 'scram'; readonly verifier: ScramVerifier };

/**
 * Decides how a user proves who they are. An unknown user gets the same demand as a known one and fails at its end,
 * so that nobody learns from it which users there are.
 */
export interface Authenticator {
  demand(user: string, database: string): Demand;
}

export const TRUST: Authenticator = Object.freeze({ demand: (): Demand => ({ kind: 'trust' }) });
