import { createHash, randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { type ConfigFlags, readConfig } from '../../config.ts';
import { SqlError } from '../../errors.ts';
import { type Role, roleOf } from '../../server/access/role.ts';
import { scramVerifier } from '../../server/wire/auth/scram-verifier.ts';
import { AccessFile } from './access-file.ts';
import { accessPath } from './open-access.ts';
import { readPassword } from './read-password.ts';

interface CreateFlags extends ConfigFlags {
  readonly superuser?: true;
  readonly readOnly?: true;
  readonly token?: true;
  readonly password?: boolean;
}

const DATA = ['--data <dir>', 'folder of databases and log'] as const;

/** The commands on accounts. A server that runs takes what they write within a second. */
export function addRoles(program: Command, env: NodeJS.ProcessEnv): void {
  const role = program.command('role').description('who may enter');
  role
    .command('create')
    .description('make an account, or give one another password; asks for it, or reads a line of its input')
    .argument('<name>')
    .option('--superuser', 'may do everything')
    .option('--read-only', 'may change nothing')
    .option('--token', 'makes a token for HTTP too, and prints it')
    .option('--no-password', 'none: for tokens alone')
    .option(...DATA)
    .action(async (name: string, flags: CreateFlags) => {
      for (const line of await create(name, flags, fileOf(env, flags))) print(line);
    });
  role
    .command('list')
    .description('the accounts of the file')
    .option(...DATA)
    .action(async (flags: ConfigFlags) => {
      for (const one of (await fileOf(env, flags).read()).roles) print(lineOf(one));
    });
  role
    .command('drop')
    .description('take an account away')
    .argument('<name>')
    .option(...DATA)
    .action(async (name: string, flags: ConfigFlags) => {
      const file = fileOf(env, flags);
      await known(file, name);
      await file.save(name, null);
    });
}

async function create(name: string, flags: CreateFlags, file: AccessFile): Promise<readonly string[]> {
  const before = (await file.read()).roles.find((role) => role.name === name) ?? roleOf(name);
  const token = flags.token === true ? randomBytes(32).toString('base64url') : null;
  const password = flags.password === false ? null : await readPassword(`Password of ${name}: `);
  await file.save(name, {
    ...before,
    login: true,
    superuser: flags.superuser ?? before.superuser,
    createRole: flags.superuser ?? before.createRole,
    createDb: flags.superuser ?? before.createDb,
    readOnly: flags.readOnly ?? before.readOnly,
    verifier: password === null ? before.verifier : scramVerifier(password),
    tokens: token === null ? before.tokens : [...before.tokens, hashOf(token)],
  });
  const made = `role "${name}" is in ${file.path}`;
  return token === null ? [made] : [made, `token, shown this once: ${token}`];
}

async function known(file: AccessFile, name: string): Promise<void> {
  const { roles } = await file.read();
  if (!roles.some((role) => role.name === name)) throw new SqlError('42704', `role "${name}" does not exist`);
}

function lineOf({ name, superuser, readOnly, login, verifier, tokens }: Role): string {
  const words = [
    superuser ? 'superuser' : readOnly ? 'read only' : 'reads and writes',
    login ? (verifier === null ? 'no password' : 'password') : 'no login',
    ...(tokens.length === 0 ? [] : [`${tokens.length} token${tokens.length === 1 ? '' : 's'}`]),
  ];
  return `${name}: ${words.join(', ')}`;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function fileOf(env: NodeJS.ProcessEnv, flags: ConfigFlags): AccessFile {
  return new AccessFile(accessPath(readConfig(env, flags)));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
