import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Config, TlsPaths } from '../../config.ts';
import { messageOf, StartupError } from '../../errors.ts';
import { type TlsIdentity, tlsIdentity, type TlsSource } from '../../server/wire/tls-identity.ts';
import type { Closing } from '../closing.ts';
import { watchFiles } from './watched-files.ts';

/** The certificate in force; a renewed one is taken without a restart. null without one. Throws StartupError. */
export async function openTls({ tls }: Config, logger: Logger, closing: Closing): Promise<TlsSource | null> {
  if (tls === null) return null;
  let identity = await load(tls);
  const reload = async (): Promise<void> => {
    try {
      identity = await load(tls);
    } catch (error) {
      logger.error(`The certificate stays as it was: ${messageOf(error)}`);
    }
  };
  const paths = [tls.cert, tls.key, ...(tls.ca === null ? [] : [tls.ca])];
  const unwatch = watchFiles(paths, () => void reload());
  closing.add(async () => unwatch());
  return Object.freeze({ current: () => identity });
}

async function load({ cert, key, ca }: TlsPaths): Promise<TlsIdentity> {
  try {
    return tlsIdentity({
      cert: await readFile(cert, 'utf8'),
      key: await readFile(key, 'utf8'),
      ca: ca === null ? null : await readFile(ca, 'utf8'),
    });
  } catch (error) {
    throw new StartupError(
      `the TLS files cannot be used: ${messageOf(error)}`,
      'RVBBIT_TLS_CERT and RVBBIT_TLS_KEY name PEM files that belong together.',
      error,
    );
  }
}
