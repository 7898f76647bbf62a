import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

export interface EndpointSettings {
  readonly latencyMs: number;
}

/** An OpenAI-compatible endpoint that judges whether the number at the end of a text is even, in a process of its own. */
export class EndpointProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly baseUrl: string,
  ) {}

  static async start({ latencyMs }: EndpointSettings): Promise<EndpointProcess> {
    const child = fork(new URL('endpoint.mjs', import.meta.url), [String(latencyMs)], { execArgv: [] });
    const [port] = (await once(child, 'message')) as [number];
    return new EndpointProcess(child, `http://127.0.0.1:${port}/v1`);
  }

  /** Requests answered so far. */
  async answered(): Promise<number> {
    this.child.send('answered');
    const [count] = (await once(this.child, 'message')) as [number];
    return count;
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}
