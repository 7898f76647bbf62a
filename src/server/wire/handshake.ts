import type { Socket } from 'node:net';
import { createSecureContext, type SecureContextOptions, TLSSocket } from 'node:tls';
import { SqlError } from '../../errors.ts';
import { negotiateProtocolVersion } from './backend/encode-backend.ts';
import type { Input } from './input.ts';
import type { Output } from './output.ts';
import { protocolViolation } from './protocol-violation.ts';
import { type StartupPacket, startupPacket } from './startup-packet.ts';

/** What a client asks for when it begins a session. */
export interface StartupRequest {
  readonly minor: number;
  readonly parameters: ReadonlyMap<string, string>;
}

export interface HandshakeOptions {
  readonly tls: SecureContextOptions | null;
  readonly cancel: (pid: number, secret: Buffer) => void;
}

const NEWEST_MINOR = 2;
const VERSION_3 = 3 << 16;
/** First byte of a TLS record: the client begins with TLS at once. */
const TLS_RECORD = 0x16;
const ALPN = 'postgresql';

/** From the first byte to the start-up packet; null where the client wanted no session or has gone. */
export async function handshake(
  input: Input,
  output: Output,
  options: HandshakeOptions,
): Promise<StartupRequest | null> {
  let encrypted = false;
  if (options.tls !== null && (await input.firstByte()) === TLS_RECORD) {
    await encrypt(input, output, options.tls);
    encrypted = true;
  }
  for (;;) {
    const body = await input.startupPacket();
    if (body === null) return null;
    const packet = startupPacket(body);
    if (packet.kind === 'cancel') {
      options.cancel(packet.pid, packet.secret);
      return null;
    }
    if (packet.kind === 'startup') return negotiated(packet, output);
    const accept = packet.kind === 'ssl' && options.tls !== null && !encrypted;
    if (accept) requireSilence(input);
    output.send(Buffer.from(accept ? 'S' : 'N'));
    await output.flush();
    if (accept && options.tls !== null) {
      await encrypt(input, output, options.tls);
      encrypted = true;
    }
  }
}

/** What came before the encryption could have been put there by anyone. */
function requireSilence(input: Input): void {
  if (input.unread > 0) throw protocolViolation('received unencrypted data after SSL request');
}

async function encrypt(input: Input, output: Output, tls: SecureContextOptions): Promise<void> {
  const secureContext = createSecureContext(tls);
  const socket = input.upgrade((plain: Socket, pending: Buffer) => {
    plain.pause();
    if (pending.length > 0) plain.unshift(pending);
    return new TLSSocket(plain, { isServer: true, secureContext, ALPNProtocols: [ALPN] });
  });
  socket.on('error', () => socket.destroy());
  output.upgrade(socket);
}

/** Newer minor versions and unknown options are answered with what is served instead. */
function negotiated(packet: Extract<StartupPacket, { kind: 'startup' }>, output: Output): StartupRequest {
  const { major, minor, parameters } = packet;
  if (major !== 3) {
    throw new SqlError(
      '0A000',
      `unsupported frontend protocol ${major}.${minor}: server supports 3.0 to 3.${NEWEST_MINOR}`,
      {
        severity: 'FATAL',
      },
    );
  }
  const served = Math.min(minor, NEWEST_MINOR);
  const unknown = [...parameters.keys()].filter((name) => name.startsWith('_pq_.'));
  if (minor > NEWEST_MINOR || unknown.length > 0) {
    output.send(negotiateProtocolVersion(VERSION_3 + served, unknown));
  }
  return { minor: served, parameters };
}
