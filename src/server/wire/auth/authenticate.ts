import { randomBytes, timingSafeEqual } from 'node:crypto';
import { authenticationCleartextPassword, authenticationMD5Password } from '../backend/encode-backend.ts';
import { BodyReader } from '../body-reader.ts';
import { type Ask, refused } from './ask.ts';
import type { Demand } from './authenticator.ts';
import { md5 } from './password-authenticator.ts';
import { scramExchange } from './scram-exchange.ts';

/**
 * Resolves when the client has proved to be `user`; throws a FATAL 28P01 otherwise. `endPoint` is the hash of the
 * server's certificate that an encrypted line can be bound to.
 */
export async function authenticate(
  demand: Demand,
  user: string,
  ask: Ask,
  send: (message: Buffer) => void,
  endPoint: Buffer | null,
): Promise<void> {
  switch (demand.kind) {
    case 'trust':
      return;
    case 'reject':
      throw demand.error;
    case 'password': {
      const password = new BodyReader(await ask(authenticationCleartextPassword())).cstring();
      if (!demand.accepts(password)) throw refused(user);
      return;
    }
    case 'md5':
      return md5Exchange(demand.hash, user, ask);
    case 'scram':
      return scramExchange(demand.verifier, user, ask, send, endPoint);
  }
}

async function md5Exchange(hash: string | null, user: string, ask: Ask): Promise<void> {
  const salt = randomBytes(4);
  const given = new BodyReader(await ask(authenticationMD5Password(salt))).cstring();
  const wanted = `md5${md5(Buffer.concat([Buffer.from(hash ?? randomBytes(16).toString('hex')), salt]))}`;
  const equal = given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
  if (!equal || hash === null) throw refused(user);
}
