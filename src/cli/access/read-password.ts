import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { StartupError } from '../../errors.ts';

/** One line of standard input; at a terminal it is asked for and not shown. Throws StartupError where it is empty. */
export async function readPassword(prompt: string): Promise<string> {
  const terminal = process.stdin.isTTY;
  if (terminal) process.stderr.write(prompt);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal });
  try {
    for await (const line of lines) {
      if (terminal) process.stderr.write('\n');
      if (line !== '') return line;
      break;
    }
  } finally {
    lines.close();
  }
  throw new StartupError('the password is empty.', 'Type it, or pipe it in as one line.');
}
