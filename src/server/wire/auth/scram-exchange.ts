import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { SqlError } from '../../../errors.ts';
import {
  authenticationSASL,
  authenticationSASLContinue,
  authenticationSASLFinal,
} from '../backend/encode-backend.ts';
import { BodyReader } from '../body-reader.ts';
import { protocolViolation } from '../protocol-violation.ts';
import { type Ask, refused } from './ask.ts';
import { hmac, type ScramVerifier, sha256 } from './scram-verifier.ts';

const MECHANISM = 'SCRAM-SHA-256';

/** RFC 5802 and 7677 without channel binding. */
export async function scramExchange(
  verifier: ScramVerifier,
  user: string,
  ask: Ask,
  send: (message: Buffer) => void,
): Promise<void> {
  const first = clientFirst(await ask(authenticationSASL([MECHANISM])));
  const nonce = first.nonce + randomBytes(18).toString('base64');
  const serverFirst = `r=${nonce},s=${verifier.salt.toString('base64')},i=${verifier.iterations}`;
  const final = (await ask(authenticationSASLContinue(serverFirst))).toString('utf8');
  const { withoutProof, proof, binding, echoed } = clientFinal(final);
  if (echoed !== nonce || binding !== Buffer.from(first.header).toString('base64')) throw malformed();
  const authMessage = `${first.bare},${serverFirst},${withoutProof}`;
  if (!proves(proof, verifier, authMessage)) {
    throw refused(user);
  }
  send(authenticationSASLFinal(`v=${hmac(verifier.serverKey, authMessage).toString('base64')}`));
}

function clientFirst(body: Buffer): {
  readonly header: string;
  readonly bare: string;
  readonly nonce: string;
} {
  const reader = new BodyReader(body);
  const mechanism = reader.cstring();
  if (mechanism !== MECHANISM)
    throw protocolViolation(`client selected an invalid SASL mechanism: ${mechanism}`);
  reader.int32();
  const match = /^([ny],[^,]*,)((?:n=[^,]*),r=([^,]+).*)$/s.exec(reader.rest().toString('utf8'));
  if (match === null) throw malformed();
  const [, header = '', bare = '', nonce = ''] = match;
  return { header, bare, nonce };
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
