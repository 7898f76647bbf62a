import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '../recorded/sessions.json');

/** What one client sent over one line. */
export interface RecordedSession {
  readonly client: string;
  /** Packets before the session begins, each with its length word; in a TLS session records follow. */
  readonly startup: readonly Buffer[];
  /** Messages with their type byte and length word. */
  readonly messages: readonly Buffer[];
}

interface Written {
  readonly client: string;
  readonly startup: readonly string[];
  readonly messages: readonly string[];
}

export function readSessions(): readonly RecordedSession[] {
  const written = JSON.parse(readFileSync(FILE, 'utf8')) as readonly Written[];
  return written.map(({ client, startup, messages }) => ({
    client,
    startup: startup.map((text) => Buffer.from(text, 'base64')),
    messages: messages.map((text) => Buffer.from(text, 'base64')),
  }));
}

export function writeSessions(sessions: readonly RecordedSession[]): void {
  const text = (bytes: Buffer): string => bytes.toString('base64');
  const written: readonly Written[] = sessions.map(({ client, startup, messages }) => ({
    client,
    startup: startup.map(text),
    messages: messages.map(text),
  }));
  writeFileSync(FILE, `${JSON.stringify(written, null, 2)}\n`);
}

/** Requests for TLS or GSS encryption, behind which the start-up packet comes. */
const ENCRYPTION = [80_877_103, 80_877_104];
const TLS_RECORD = 0x16;

/** Cuts what a client sent into packets and messages. */
export function sessionOf(client: string, sent: Buffer): RecordedSession {
  const startup: Buffer[] = [];
  let at = 0;
  for (let begun = false; !begun && at < sent.length;) {
    if (sent[at] === TLS_RECORD) return { client, startup: [...startup, sent.subarray(at)], messages: [] };
    const packet = sent.subarray(at, at + sent.readUInt32BE(at));
    startup.push(packet);
    at += packet.length;
    begun = !ENCRYPTION.includes(packet.readUInt32BE(4));
  }
  const messages: Buffer[] = [];
  while (at < sent.length) {
    const message = sent.subarray(at, at + 1 + sent.readUInt32BE(at + 1));
    messages.push(message);
    at += message.length;
  }
  return { client, startup, messages };
}
