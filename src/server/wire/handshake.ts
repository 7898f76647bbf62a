import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { SqlError } from '../../errors.ts';
import { negotiateProtocolVersion } from './backend/encode-backend.ts';
import type { Input } from './input.ts';
import type { Output } from './output.ts';
import { protocolViolation } from './protocol-violation.ts';
import { type StartupPacket, startupPacket } from './startup-packet.ts';
import { certificateName, type TlsIdentity, type TlsSource } from './tls-identity.ts';

/** What a client asks for when it begins a session. */
export interface StartupRequest {
  readonly minor: number;
  readonly parameters: ReadonlyMap<string, string>;
  /** null where the line is not encrypted. */
  readonly encryption: Encryption | null;
}

export interface Encryption {
  /** Hash of the certificate that the server showed; null where it has none. */
  readonly endPoint: Buffer | null;
  /** Common name of the client's certificate, where it showed one that the CA has signed. */
  readonly certificateName: string | null;
}

export interface HandshakeOptions {
  readonly tls: TlsSource | null;
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
  let line: EncryptedLine | null = null;
  if (options.tls !== null && (await input.firstByte()) === TLS_RECORD) {
    line = encrypt(input, output, options.tls.current());
  }
  for (;;) {
    const body = await input.startupPacket();
    if (body === null) return null;
    const packet = startupPacket(body);
    if (packet.kind === 'cancel') {
      options.cancel(packet.pid, packet.secret);
      return null;
    }
    if (packet.kind === 'startup') return negotiated(packet, output, line);
    const accept = packet.kind === 'ssl' && options.tls !== null && line === null;
    if (accept) requireSilence(input);
    output.send(Buffer.from(accept ? 'S' : 'N'));
    await output.flush();
    if (accept && options.tls !== null) line = encrypt(input, output, options.tls.current());
  }
}

/** What came before the encryption could have been put there by anyone. */
function requireSilence(input: Input): void {
  if (input.unread > 0) throw protocolViolation('received unencrypted data after SSL request');
}

interface EncryptedLine {
  readonly socket: TLSSocket;
  readonly identity: TlsIdentity;
}

function encrypt(input: Input, output: Output, identity: TlsIdentity): EncryptedLine {
  const { secureContext, files } = identity;
  const requestCert = files.ca !== null;
  const socket = input.upgrade((plain: Socket, pending: Buffer) => {
    plain.pause();
    if (pending.length > 0) plain.unshift(pending);
    return new TLSSocket(plain, {
      isServer: true,
      secureContext,
      requestCert,
      rejectUnauthorized: false,
      ALPNProtocols: [ALPN],
    });
  });
  socket.on('error', () => socket.destroy());
  output.upgrade(socket);
  return { socket, identity };
}

/** Once the start-up packet has come over it, the line is set up. */
function encryptionOf({ socket, identity }: EncryptedLine): Encryption {
  const shown = socket.getPeerX509Certificate();
  return { endPoint: identity.endPoint, certificateName: certificateName(shown, identity.files.ca) };
}

/** Newer minor versions and unknown options are answered with what is served instead. */
function negotiated(
  packet: Extract<StartupPacket, { kind: 'startup' }>,
  output: Output,
  line: EncryptedLine | null,
): StartupRequest {
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
  return { minor: served, parameters, encryption: line === null ? null : encryptionOf(line) };
}
