import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { type Config, isLoopbackHost } from '../../config.ts';
import { messageOf, StartupError } from '../../errors.ts';
import { AccessControl } from '../../server/access/access-control.ts';
import type { AccessRule } from '../../server/access/access-rule.ts';
import { RoleBook } from '../../server/access/role-book.ts';
import { type Role, roleOf } from '../../server/access/role.ts';
import { scramVerifier } from '../../server/wire/auth/scram-verifier.ts';
import type { Closing } from '../closing.ts';
import { AccessFile } from './access-file.ts';
import { watchFiles } from './watched-files.ts';

/**
 * Accounts and rules, kept in step with their file. Throws StartupError on a mistake in it, and where the server would
 * be open to whoever reaches its address.
 */
export async function openAccess(config: Config, logger: Logger, closing: Closing): Promise<AccessControl> {
  const file = new AccessFile(accessPath(config));
  const contents = await file.read();
  const builtIn = adminOf(config);
  const roles = new RoleBook([...builtIn, ...contents.roles], file);
  let rules: readonly AccessRule[] | null = contents.rules;
  const control = new AccessControl(roles, () => rules, isLoopbackHost(config.sqlHost));
  requireAccounts(config, roles, rules);
  const reload = async (): Promise<void> => {
    try {
      const now = await file.read();
      roles.replace([...builtIn, ...now.roles]);
      rules = now.rules;
    } catch (error) {
      logger.error(`The accounts stay as they were: ${messageOf(error)}`);
    }
  };
  const unwatch = watchFiles([file.path], () => void reload());
  closing.add(async () => unwatch());
  return control;
}

export function accessPath({ accessFile, dataDir }: Pick<Config, 'accessFile' | 'dataDir'>): string {
  return resolve(accessFile ?? resolve(dataDir, 'access.yaml'));
}

/** RVBBIT_PASSWORD makes an administrator without a file. */
function adminOf({ user, password }: Config): readonly Role[] {
  if (password === null) return [];
  const verifier = scramVerifier(password);
  return [roleOf(user, { login: true, superuser: true, createRole: true, createDb: true, verifier })];
}

function requireAccounts(config: Config, roles: RoleBook, rules: readonly AccessRule[] | null): void {
  if (isLoopbackHost(config.sqlHost)) return;
  const someoneMayEnter =
    roles.list().some(({ login, verifier }) => login && verifier !== null) ||
    rules?.some(({ method }) => method === 'cert') === true;
  if (someoneMayEnter) return;
  throw new StartupError(
    `--host ${config.sqlHost} lets other machines in, and there is no account with a password.`,
    'Make one with "rvbbit role create NAME --superuser", or set RVBBIT_PASSWORD, or leave --host at 127.0.0.1.',
  );
}
