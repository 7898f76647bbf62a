import { Command } from 'commander';
import { type ConfigFlags, readConfig } from '../config.ts';
import { backUp } from './backup.ts';
import { doctor } from './doctor/doctor.ts';
import { initialise } from './db-init.ts';
import { openLogger } from './open-logger.ts';
import { operatorsPage } from './operators-page.ts';
import { packagePath, packageVersion } from './package-folder.ts';
import { runCascade } from './run-cascade.ts';
import { loadOperatorSet } from '../operators/cascade/load-cascades.ts';
import { purgeLogs } from './purge-logs.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { testOperators } from './test-operators.ts';
import { addRoles } from './access/role-program.ts';
import { addTraining } from './training-program.ts';

interface ServeFlags extends ConfigFlags {
  readonly port?: string;
}

/** The command line. Actions throw StartupError and SqlError; the caller prints them. */
export function makeProgram(env: NodeJS.ProcessEnv): Command {
  const program = new Command('rvbbit')
    .description('Semantic SQL over DuckDB, on the Postgres wire.')
    .version(packageVersion())
    .showHelpAfterError();
  addServe(program, env);
  addDatabase(program, env);
  addLogs(program, env);
  addBackup(program, env);
  addRun(program, env);
  addTest(program, env);
  addDocs(program);
  addTraining(program, env);
  addRoles(program, env);
  addDoctor(program, env);
  return program;
}

function addServe(program: Command, env: NodeJS.ProcessEnv): void {
  program
    .command('serve')
    .description('start the server: SQL, REST and Studio ("serve sql" starts SQL alone)')
    .argument('[what]', 'sql, or nothing for all')
    .option('--sql-port <port>', 'port of the Postgres protocol; 0 takes a free one')
    .option('--port <port>', 'the same, as in "serve sql --port 15432"')
    .option('--http-port <port>', 'port of REST and Studio; 0 takes a free one')
    .option('--host <host>', 'address to listen on')
    .option('--data <dir>', 'folder of databases and log')
    .action(async (what: string | undefined, flags: ServeFlags) => {
      if (what !== undefined && what !== 'sql')
        program.error(`error: unknown part "${what}", known is "sql"`);
      const sqlPort = flags.port ?? flags.sqlPort;
      const config = readConfig(env, { ...flags, ...(sqlPort === undefined ? {} : { sqlPort }) });
      await serve(config, openLogger(config), { http: what !== 'sql' });
    });
}

function addDatabase(program: Command, env: NodeJS.ProcessEnv): void {
  const database = program.command('db').description('the log store');
  database
    .command('init')
    .description('create the data folder and apply the migrations')
    .option('--data <dir>', 'folder of databases and log')
    .action(async (flags: ConfigFlags) => {
      const config = readConfig(env, flags);
      print(await initialise(config));
    });
}

function addLogs(program: Command, env: NodeJS.ProcessEnv): void {
  program
    .command('logs')
    .description('the log of calls')
    .command('purge')
    .description('remove old calls that nobody marked, and the statements that have none left')
    .requiredOption('--older-than <age>', 'in hours, days or weeks: 12h, 90d, 8w')
    .option('--dry-run', 'only say how many')
    .option('--data <dir>', 'folder of databases and log')
    .action(async (flags: ConfigFlags & { olderThan: string; dryRun?: boolean }) => {
      const request = { olderThan: flags.olderThan, dryRun: flags.dryRun === true };
      print(await purgeLogs(request, readConfig(env, flags)));
    });
}

function addBackup(program: Command, env: NodeJS.ProcessEnv): void {
  program
    .command('backup')
    .description('copy the data folder while no server has it')
    .argument('<folder>', 'a new folder')
    .option('--data <dir>', 'folder of databases and log')
    .action(async (folder: string, flags: ConfigFlags) =>
      print(await backUp(readConfig(env, flags), folder)),
    );
  program
    .command('restore')
    .description('make a data folder from a backup, which is checked first')
    .argument('<folder>', 'of the backup')
    .option('--data <dir>', 'the data folder to make; it must be empty or not there')
    .action(async (folder: string, flags: ConfigFlags) =>
      print(await restore(readConfig(env, flags), folder)),
    );
}

function print(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

function addRun(program: Command, env: NodeJS.ProcessEnv): void {
  program
    .command('run')
    .description('run a cascade once')
    .argument('<cascade.yaml>', 'file of the cascade')
    .requiredOption('--input <json>', 'its inputs as a JSON object')
    .option('--data <dir>', 'folder of databases and log')
    .action(async (file: string, flags: ConfigFlags & { input: string }) => {
      const config = readConfig(env, flags);
      const output = await runCascade(
        file,
        flags.input,
        config,
        openLogger({ ...config, logLevel: 'silent' }),
      );
      process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
    });
}

function addTest(program: Command, env: NodeJS.ProcessEnv): void {
  program
    .command('test')
    .description('run the test cases of the cascades on the configured model')
    .argument('[cascade]', 'cascade_id or function name; all where it is left out')
    .option('--data <dir>', 'folder of databases and log')
    .action(async (only: string | undefined, flags: ConfigFlags) => {
      const config = readConfig(env, flags);
      const print = (line: string): void => void process.stdout.write(`${line}\n`);
      const { failed } = await testOperators(
        only,
        config,
        openLogger({ ...config, logLevel: 'silent' }),
        print,
      );
      if (failed > 0) process.exitCode = 1;
    });
}

function addDoctor(program: Command, env: NodeJS.ProcessEnv): void {
  program
    .command('doctor')
    .description('check versions, folders, ports, accounts, store and model, and say what to do')
    .option('--host <host>', 'address to listen on')
    .option('--data <dir>', 'folder of databases and log')
    .action(async (flags: ConfigFlags) => {
      const print = (line: string): void => void process.stdout.write(`${line}\n`);
      if ((await doctor(readConfig(env, flags), print)) > 0) process.exitCode = 1;
    });
}

function addDocs(program: Command): void {
  program
    .command('docs')
    .description('print the reference of the shipped operators')
    .action(async () => {
      process.stdout.write(operatorsPage(await loadOperatorSet([packagePath('cascades')], 1)));
    });
}
