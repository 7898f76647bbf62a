import { randomBytes, timingSafeEqual } from 'node:crypto';
import { SqlError } from '../../../errors.ts';
import {
  authenticationSASL,
  authenticationSASLContinue,
  authenticationSASLFinal,
} from '../backend/encode-backend.ts';
import { BodyReader } from '../body-reader.ts';
import { protocolViolation } from '../protocol-violation.ts';
import { type Ask, refused } from './ask.ts';
import { hmac, type ScramVerifier, sha256 } from './scram-verifier.ts';

const PLAIN = 'SCRAM-SHA-256';
const BOUND = 'SCRAM-SHA-256-PLUS';
const BINDING = 'p=tls-server-end-point,';

/** RFC 5802 and 7677. `endPoint` is what a client binds its proof to (RFC 5929); null where there is nothing. */
export async function scramExchange(
  verifier: ScramVerifier,
  user: string,
  ask: Ask,
  send: (message: Buffer) => void,
  endPoint: Buffer | null,
): Promise<void> {
  const mechanisms = endPoint === null ? [PLAIN] : [BOUND, PLAIN];
  const first = clientFirst(await ask(authenticationSASL(mechanisms)), mechanisms);
  const nonce = first.nonce + randomBytes(18).toString('base64');
  const serverFirst = `r=${nonce},s=${verifier.salt.toString('base64')},i=${verifier.iterations}`;
  const final = (await ask(authenticationSASLContinue(serverFirst))).toString('utf8');
  const { withoutProof, proof, binding, echoed } = clientFinal(final);
  const bound = first.mechanism === BOUND ? (endPoint ?? Buffer.alloc(0)) : Buffer.alloc(0);
  if (echoed !== nonce) throw malformed();
  if (binding !== Buffer.concat([Buffer.from(first.header), bound]).toString('base64')) {
    throw protocolViolation('SCRAM channel binding check failed');
  }
  const authMessage = `${first.bare},${serverFirst},${withoutProof}`;
  if (!proves(proof, verifier, authMessage)) {
    throw refused(user);
  }
  send(authenticationSASLFinal(`v=${hmac(verifier.serverKey, authMessage).toString('base64')}`));
}

function clientFirst(
  body: Buffer,
  mechanisms: readonly string[],
): {
  readonly mechanism: string;
  readonly header: string;
  readonly bare: string;
  readonly nonce: string;
} {
  const reader = new BodyReader(body);
  const mechanism = reader.cstring();
  if (!mechanisms.includes(mechanism))
    throw protocolViolation(`client selected an invalid SASL mechanism: ${mechanism}`);
  reader.int32();
  const match = /^((?:[ny]|p=[^,]+),[^,]*,)((?:n=[^,]*),r=([^,]+).*)$/s.exec(reader.rest().toString('utf8'));
  if (match === null) throw malformed();
  const [, header = '', bare = '', nonce = ''] = match;
  requireBinding(mechanism, header, mechanisms.includes(BOUND));
  return { mechanism, header, bare, nonce };
}

/** A client that can bind but believes that the server cannot has been lied to on the way. */
function requireBinding(mechanism: string, header: string, offered: boolean): void {
  if ((mechanism === BOUND) !== header.startsWith('p=')) throw malformed();
  if (mechanism === BOUND && !header.startsWith(BINDING)) {
    throw protocolViolation('unsupported SCRAM channel-binding type');
  }
  if (header.startsWith('y') && offered) {
    throw new SqlError('28000', 'SCRAM channel binding negotiation error', {
      severity: 'FATAL',
      detail: 'The client supports channel binding but thinks the server does not.',
    });
  }
}

function clientFinal(text: string): {
  readonly withoutProof: string;
  readonly proof: Buffer;
  readonly binding: string;
  readonly echoed: string;
} {
  const match = /^(c=([^,]+),r=([^,]+).*),p=([A-Za-z0-9+/=]+)$/s.exec(text);
  if (match === null) throw malformed();
  const [, withoutProof = '', binding = '', echoed = '', proof = ''] = match;
  return { withoutProof, binding, echoed, proof: Buffer.from(proof, 'base64') };
}

function proves(proof: Buffer, { storedKey }: ScramVerifier, authMessage: string): boolean {
  const signature = hmac(storedKey, authMessage);
  if (proof.length !== signature.length) return false;
  const clientKey = Buffer.from(proof.map((byte, index) => byte ^ (signature[index] as number)));
  return timingSafeEqual(sha256(clientKey), storedKey);
}

function malformed(): SqlError {
  return protocolViolation('malformed SCRAM message');
}
