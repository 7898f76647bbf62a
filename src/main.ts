import { makeProgram } from './cli/program.ts';
import { messageOf, SqlError, StartupError } from './errors.ts';

try {
  await makeProgram(process.env).parseAsync(process.argv);
} catch (error) {
  process.stderr.write(`${lineOf(error)}\n`);
  process.exitCode = 1;
}

/** One clear line; a stack only for what nobody foresaw, and only where it was asked for. */
function lineOf(error: unknown): string {
  if (error instanceof StartupError || error instanceof SqlError) {
    return `rvbbit: ${error.message}${error.hint === undefined ? '' : `. ${error.hint}`}`;
  }
  const stack =
    process.env.RVBBIT_LOG_LEVEL === 'debug' && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  return `rvbbit: ${messageOf(error)}${stack}`;
}
