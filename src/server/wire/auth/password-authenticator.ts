import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../../access/access-rule.ts';
import { type Authenticator, type Demand, TRUST } from './authenticator.ts';
import { scramVerifier } from './scram-verifier.ts';

export type PasswordMethod = 'password' | 'md5' | 'scram-sha-256';

/** Passwords by user name, checked by one method. */
export function passwordAuthenticator(
  method: PasswordMethod,
  passwords: ReadonlyMap<string, string>,
): Authenticator {
  const verifiers = new Map([...passwords].map(([user, password]) => [user, scramVerifier(password)]));
  const secret = randomBytes(32);
  return Object.freeze({
    admit: TRUST.admit,
    demand({ user }: Caller): Demand {
      const password = passwords.get(user);
      if (method === 'password') return { kind: 'password', accepts: (given) => same(given, password) };
      if (method === 'md5')
        return { kind: 'md5', hash: password === undefined ? null : md5(password + user) };
      return { kind: 'scram', verifier: verifiers.get(user) ?? decoy(secret, user) };
    },
  });
}

export function md5(text: string | Buffer): string {
  return createHash('md5').update(text).digest('hex');
}

function same(given: string, wanted: string | undefined): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted ?? '')) && wanted !== undefined;
}

/** The same salt for the same unknown user, and a password that nobody knows. */
function decoy(secret: Buffer, user: string): ReturnType<typeof scramVerifier> {
  const salt = createHmac('sha256', secret).update(user).digest().subarray(0, 16);
  return scramVerifier(randomBytes(16).toString('hex'), salt);
}
