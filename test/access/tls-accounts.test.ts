import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { scramVerifier, verifierText } from '../../src/server/wire/auth/scram-verifier.ts';
import { type Server, Servers } from '../acceptance/server-fixture.ts';

// Each test starts whole servers and processes of clients.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const servers = new Servers();
const PSQL = '/usr/bin/psql';
const withTools = existsSync(PSQL) && existsSync('/usr/bin/openssl');
let folder: string;
let server: Server;

const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });
const file = (name: string): string => join(folder, name);

/** A certificate that the folder's CA has signed. */
function certificate(name: string, subject: string, extra: readonly string[] = []): void {
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', file(`${name}.key`)];
  openssl('req', '-x509', ...key, '-out', file(`${name}.crt`), '-subj', subject, '-days', '2', ...extra);
}

const signed = (): readonly string[] => ['-CA', file('ca.crt'), '-CAkey', file('ca.key')];

beforeAll(async () => {
  if (!withTools) return;
  folder = await mkdtemp(join(tmpdir(), 'rvbbit-tls-'));
  certificate('ca', '/CN=rvbbit test CA', ['-addext', 'basicConstraints=critical,CA:true']);
  certificate('server', '/CN=localhost', [
    ...signed(),
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
  ]);
  certificate('renewed', '/CN=localhost', [
    ...signed(),
    '-sha384',
    '-addext',
    'subjectAltName=DNS:localhost',
  ]);
  certificate('carla', '/CN=carla', signed());
  await writeFile(
    file('access.yaml'),
    `rules:
  - { type: hostnossl, address: all, method: reject }
  - { user: carla, address: all, method: cert }
  - { address: all, method: scram-sha-256 }
roles:
  ada: { password: "${verifierText(scramVerifier('secret'))}", superuser: true }
  carla: {}
`,
  );
  copyFileSync(file('server.crt'), file('live.crt'));
  copyFileSync(file('server.key'), file('live.key'));
  server = await servers.open(
    { RVBBIT_TLS_CERT: file('live.crt'), RVBBIT_TLS_KEY: file('live.key'), RVBBIT_TLS_CA: file('ca.crt') },
    folder,
  );
});
afterAll(async () => {
  await servers.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** What psql prints, or its error. */
async function psql(options: string, password = 'secret'): Promise<string> {
  const connection = `host=localhost port=${server.running.sqlPort} dbname=default sslrootcert=${file('ca.crt')} ${options}`;
  const env = { ...process.env, PGPASSWORD: password };
  return new Promise((resolve) => {
    execFile(PSQL, ['-XAtc', 'SELECT current_user', connection], { env }, (_error, out, problem) =>
      resolve((out + problem).trim()),
    );
  });
}

function shownCertificate(): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      port: server.running.sqlPort,
      host: '127.0.0.1',
      ca: readFileSync(file('ca.crt')),
      servername: 'localhost',
      ALPNProtocols: ['postgresql'],
    });
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe.skipIf(!withTools)('accounts over TLS (needs psql and openssl)', () => {
  it('serves psql up to verify-full, and refuses a plain line where the rules do', async () => {
    expect(await psql('user=ada sslmode=verify-full')).toBe('ada');
    expect(await psql('user=ada sslmode=verify-full', 'wrong')).toContain('password authentication failed');
    expect(await psql('user=ada sslmode=disable')).toContain('an access rule rejects host');
  });

  it('binds the proof to the line: SCRAM-SHA-256-PLUS', async () => {
    expect(await psql('user=ada sslmode=require channel_binding=require')).toBe('ada');
  });

  it('takes a certificate for the user that it names, and for nobody else', async () => {
    const shown = `sslmode=verify-full sslcert=${file('carla.crt')} sslkey=${file('carla.key')}`;
    expect(await psql(`user=carla ${shown}`)).toBe('carla');
    expect(await psql('user=carla sslmode=verify-full')).toContain('certificate authentication failed');
    certificate('forged', '/CN=carla');
    expect(
      await psql(`user=carla sslmode=require sslcert=${file('forged.crt')} sslkey=${file('forged.key')}`),
    ).toMatch(/certificate authentication failed|unknown ca/);
  });

  it('shows the same certificate on the HTTP port, behind the same accounts', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: `Basic ${Buffer.from('ada:secret').toString('base64')}` };
      const options = { port: server.running.httpPort, host: 'localhost', path: '/api/operators', headers };
      request({ ...options, ca: readFileSync(file('ca.crt')) }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });

  it('takes a renewed certificate without a restart, and keeps the old one where the new one is none', async () => {
    const before = await shownCertificate();
    await writeFile(file('live.crt'), 'nonsense');
    process.emit('SIGHUP');
    expect(await shownCertificate()).toBe(before);
    copyFileSync(file('renewed.crt'), file('live.crt'));
    copyFileSync(file('renewed.key'), file('live.key'));
    process.emit('SIGHUP');
    await expect.poll(shownCertificate, { timeout: 10_000 }).not.toBe(before);
    expect(await psql('user=ada sslmode=verify-full channel_binding=require')).toBe('ada');
  });
});
