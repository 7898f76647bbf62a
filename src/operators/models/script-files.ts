import type { ModelProvider, ModelReply, ModelRequest } from './model-provider.ts';
import { readScript } from './script-file.ts';
import { ScriptedProvider } from './scripted.ts';

/** Replays script files: the name of the model is the path of its file, as in `RVBBIT_MODEL=scripted/replies.yaml`. */
export class ScriptFiles implements ModelProvider {
  readonly name = 'scripted';
  readonly #scripts = new Map<string, Promise<ScriptedProvider>>();

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    const script = await this.#scriptOf(request.model);
    return script.complete(request, signal);
  }

  close(): Promise<void> {
    this.#scripts.clear();
    return Promise.resolve();
  }

  /** A file that could not be read is read again by the next call. */
  #scriptOf(file: string): Promise<ScriptedProvider> {
    const known = this.#scripts.get(file);
    if (known !== undefined) return known;
    const script = readScript(file).then((rules) => new ScriptedProvider(rules));
    this.#scripts.set(file, script);
    script.catch(() => this.#scripts.delete(file));
    return script;
  }
}
