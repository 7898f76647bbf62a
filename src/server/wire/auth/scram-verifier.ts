import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a server keeps of a password (RFC 5802): enough to check a proof, too little to make one. */
export interface ScramVerifier {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

const ITERATIONS = 4096;
const TEXT = /^SCRAM-SHA-256\$(\d{1,9}):([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)$/;
const KEY_BYTES = 32;

export function scramVerifier(
  password: string,
  salt = randomBytes(16),
  iterations = ITERATIONS,
): ScramVerifier {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, KEY_BYTES, 'sha256');
  const clientKey = hmac(salted, 'Client Key');
  return Object.freeze({
    salt,
    iterations,
    storedKey: sha256(clientKey),
    serverKey: hmac(salted, 'Server Key'),
  });
}

/** In the form of pg_authid.rolpassword. */
export function verifierText({ iterations, salt, storedKey, serverKey }: ScramVerifier): string {
  const base64 = (bytes: Buffer): string => bytes.toString('base64');
  return `SCRAM-SHA-256$${iterations}:${base64(salt)}$${base64(storedKey)}:${base64(serverKey)}`;
}

/** null where the text is no verifier. */
export function readVerifier(text: string): ScramVerifier | null {
  const [, iterations = '', salt = '', storedKey = '', serverKey = ''] = TEXT.exec(text) ?? [];
  const verifier = {
    salt: Buffer.from(salt, 'base64'),
    iterations: Number(iterations),
    storedKey: Buffer.from(storedKey, 'base64'),
    serverKey: Buffer.from(serverKey, 'base64'),
  };
  const whole = verifier.storedKey.length === KEY_BYTES && verifier.serverKey.length === KEY_BYTES;
  return whole && verifier.iterations > 0 ? Object.freeze(verifier) : null;
}

/** Whether a password in plain text is the verifier's. */
export function acceptsPassword({ salt, iterations, storedKey }: ScramVerifier, password: string): boolean {
  return timingSafeEqual(scramVerifier(password, Buffer.from(salt), iterations).storedKey, storedKey);
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
