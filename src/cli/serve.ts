import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { openServer } from './open-server.ts';

/** Starts the server and ends it on SIGINT and SIGTERM. Resolves when it listens. Throws StartupError. */
export async function serve(
  config: Config,
  logger: Logger,
  parts: { readonly http: boolean },
): Promise<void> {
  const server = await openServer(config, logger, parts);
  for (const line of server.banner) process.stdout.write(`${line}\n`);
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(1);
      ending = true;
      server.close().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error(error, 'the server did not end cleanly');
          process.exit(1);
        },
      );
    });
  }
}
