import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passwordAuthenticator } from '../../src/server/wire/auth/password-authenticator.ts';
import { heldBytes } from '../support/collect-garbage.ts';
import { ServerFixture } from '../wire/support/server-fixture.ts';
import { SqlError } from '../../src/errors.ts';
import { TRUST } from '../../src/server/wire/auth/authenticator.ts';
import { FrameReader } from '../../src/server/wire/frame-reader.ts';
import { decodeFrontend } from '../../src/server/wire/frontend/decode-frontend.ts';
import { limitOfType } from '../../src/server/wire/length-limit.ts';
import { startupPacket } from '../../src/server/wire/startup-packet.ts';
import { tlsIdentity } from '../../src/server/wire/tls-identity.ts';
import { Random } from '../lexer/random.ts';
import { brokenMessage, mutatedMessage, mutatedPacket } from './support/mutation.ts';
import { fuzz } from './support/fuzz-run.ts';
import { recordSessions } from './support/record-sessions.ts';
import { readSessions, writeSessions } from './support/recorded-session.ts';

/** `.ci/run` gives it 60 s; bench/trust as many messages as are wanted. */
const MILLISECONDS = Number(process.env.RVBBIT_FUZZ_MS ?? 8000);
const MESSAGES = 1_000_000;
const DECODED = process.env.RVBBIT_FUZZ_MS === undefined ? 50_000 : 1_000_000;
const SEED = 9;

const fixture = (name: string): string => readFileSync(`test/wire/fixtures/${name}`, 'utf8');
const identity = tlsIdentity({
  cert: fixture('localhost-cert.pem'),
  key: fixture('localhost-key.pem'),
  ca: null,
});
const scram = passwordAuthenticator('scram-sha-256', new Map([['sam', 'secret']]));

let server: ServerFixture;
beforeAll(async () => {
  server = await ServerFixture.open({
    authenticator: {
      demand: (caller) => (caller.user === 'ada' ? TRUST : scram).demand(caller),
      admit: (caller) => TRUST.admit(caller),
    },
    tls: { current: () => identity },
  });
  // A COPY whose STDOUT was cut would write a file of what is left of that word.
  await (await server.pg()).query('SET enable_external_access = false');
  if (process.env.RVBBIT_RECORD_SESSIONS !== undefined) writeSessions(await recordSessions(server.port));
});
afterAll(() => server.close());

test('mutated messages of recorded sessions end with a server that answers, in bounded memory, and lines in step', async () => {
  const sessions = readSessions();
  await (
    await server.pg()
  ).query('CREATE TABLE IF NOT EXISTS items (id INT, name VARCHAR, price NUMERIC(8,2), at TIMESTAMP)');
  const parts = { port: server.port, sessions, seed: SEED };
  await fuzz({ ...parts, messages: MESSAGES / 5, milliseconds: MILLISECONDS / 5 });
  const before = heldBytes();
  const started = performance.now();
  const figures = await fuzz({ ...parts, messages: MESSAGES, milliseconds: MILLISECONDS, seed: SEED + 1 });
  const seconds = (performance.now() - started) / 1000;
  const client = await server.pg();
  expect((await client.query('SELECT 42 AS n')).rows).toEqual([{ n: 42 }]);
  const heldMb = (heldBytes() - before) / 2 ** 20;
  process.stdout.write(`${JSON.stringify({ ...figures, seconds, heldMb })}\n`);
  expect(server.faults).toEqual([]);
  expect(figures.messages).toBeGreaterThan(1000);
  expect(heldMb).toBeLessThan(64);
}, 3_600_000);

test('a million mutated messages, wherever they are cut, are framed and read or refused with 08P01 or 22021', () => {
  const sessions = readSessions();
  const messages = sessions.flatMap((session) => session.messages);
  const packets = sessions.flatMap(({ startup }) => startup);
  const random = new Random(SEED);
  const codes = new Map<string, number>();
  let reader = new FrameReader();
  for (let count = 0; count < DECODED; count += 1) {
    const original = random.pick(messages);
    const broken = random.below(50) === 0;
    const sent = broken
      ? brokenMessage(random, original)
      : mutatedMessage(random, original, random.pick(messages));
    const cut = random.below(sent.length + 1);
    reader.push(sent.subarray(0, cut));
    reader.push(sent.subarray(cut));
    const fatal = outcome(codes, () => {
      for (let frame = reader.read(limitOfType); frame !== null; frame = reader.read(limitOfType))
        decodeFrontend(frame);
    });
    if (fatal || broken || reader.size > 65_536) reader = new FrameReader();
    outcome(codes, () => startupPacket(mutatedPacket(random, random.pick(packets)).subarray(4)));
  }
  expect([...codes.keys()].toSorted()).toEqual(['08P01', '22021', 'read']);
}, 600_000);

/** Counts how it went; true where the line would end. */
function outcome(codes: Map<string, number>, work: () => void): boolean {
  let code = 'read';
  let fatal = false;
  try {
    work();
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    ({ code } = error);
    fatal = error.severity === 'FATAL';
  }
  codes.set(code, (codes.get(code) ?? 0) + 1);
  return fatal;
}
