import { type ChildProcess, spawn } from 'node:child_process';
import { packagePath } from '../../src/cli/package-folder.ts';

/** The built server in a process of its own, as a user starts it. */
export class ChildServer {
  output = '';

  private constructor(readonly process: ChildProcess) {
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (bytes: Buffer) => (this.output += bytes.toString('utf8')));
    }
  }

  /** Resolves when the server listens; rejects with its output where it ends before. */
  static async start(dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<ChildServer> {
    const child = ChildServer.run(['serve'], {
      RVBBIT_DATA: dataDir,
      RVBBIT_SQL_PORT: '0',
      RVBBIT_HTTP_PORT: '0',
      ...env,
    });
    await new Promise<void>((resolve, reject) => {
      child.process.stdout?.on('data', () => {
        if (/ {2}Log {5}/.test(child.output)) resolve();
      });
      child.process.once('exit', (code) =>
        reject(new Error(`the server ended with ${code}: ${child.output}`)),
      );
    });
    return child;
  }

  static run(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildServer {
    // What a developer's shell says about models is no business of a test.
    const inherited = { ...process.env, OPENAI_API_KEY: '', OPENAI_BASE_URL: '', RVBBIT_MODEL: '' };
    return new ChildServer(
      spawn(process.execPath, [packagePath('bin/rvbbit.cjs'), ...args], { env: { ...inherited, ...env } }),
    );
  }

  get sqlUrl(): string {
    return /postgresql:\/\/\S+/.exec(this.output)?.[0] ?? '';
  }

  /** The exit code, or null where a signal ended it. */
  async ended(): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode;
    return new Promise((resolve) => this.process.once('exit', (code) => resolve(code)));
  }

  async kill(signal: NodeJS.Signals): Promise<number | null> {
    this.process.kill(signal);
    return this.ended();
  }
}
