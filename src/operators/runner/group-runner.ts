import type { StatementScope } from '../evaluation/statement-scope.ts';
import type { CascadeAnswer, CascadeCall, CascadeRunner } from './cascade-runner.ts';
import { chunksOf, sampleOf, tokensOf } from './group-chunks.ts';
import { mergedValue } from './merged-value.ts';

/** Runs of groups that are larger than a call take: the parts first, then what they came to. */
export class GroupRunner implements CascadeRunner {
  constructor(private readonly inner: CascadeRunner) {}

  async run(call: CascadeCall, scope: StatementScope, signal: AbortSignal): Promise<CascadeAnswer> {
    const sql = call.cascade.sqlFunction;
    const name = sql?.args[0]?.name ?? '';
    const values = call.inputs[name];
    const limit = sql?.maxTokens;
    if (limit === undefined || !Array.isArray(values) || tokensOf(values) <= limit) {
      return this.inner.run(call, scope, signal);
    }
    if (sql?.shape === 'dimension') return this.#sampled(call, name, sampleOf(values, limit), scope, signal);
    return new GroupRun(this.inner, call, name, limit, scope, signal).answer(values);
  }

  #sampled(
    call: CascadeCall,
    name: string,
    sample: readonly unknown[],
    scope: StatementScope,
    signal: AbortSignal,
  ): Promise<CascadeAnswer> {
    const all = (call.inputs[name] as readonly unknown[]).length;
    notice(scope, `${call.cascade.cascadeId}: found in an even sample of ${sample.length} of ${all} values`);
    return this.inner.run(withValues(call, name, sample), scope, signal);
  }
}

/** One group, as a tree: each level asks once for each part of what the level below came to. */
class GroupRun {
  #calls = 0;

  constructor(
    private readonly inner: CascadeRunner,
    private readonly call: CascadeCall,
    private readonly name: string,
    private readonly limit: number,
    private readonly scope: StatementScope,
    private readonly signal: AbortSignal,
  ) {}

  async answer(values: readonly unknown[]): Promise<CascadeAnswer> {
    const kind = this.call.cascade.cells.at(-1)?.kind;
    const again = kind === 'text' || kind === 'json';
    const answer = again ? await this.#again(values) : await this.#merged(values);
    notice(
      this.scope,
      `${this.call.cascade.cascadeId}: a group of ${values.length} values took ${this.#calls} calls`,
    );
    return answer;
  }

  /** Texts and lists are asked about in their turn, until they fit into one call. */
  async #again(values: readonly unknown[]): Promise<CascadeAnswer> {
    let level = values;
    for (let chunks = chunksOf(level, this.limit); chunks.length > 1; chunks = chunksOf(level, this.limit)) {
      const parts: unknown[] = [];
      for (const chunk of chunks) parts.push((await this.#ask(this.#part(chunk))).value);
      const next = parts.flat();
      if (tokensOf(next) >= tokensOf(level))
        return this.#ask(withValues(this.call, this.name, sampleOf(next, this.limit)));
      level = next;
    }
    return this.#ask(withValues(this.call, this.name, level));
  }

  /** Scores are averaged and labels voted for, each part by the number of its values. */
  async #merged(values: readonly unknown[]): Promise<CascadeAnswer> {
    const chunks = chunksOf(values, this.limit);
    const last = chunks.at(-1) ?? [];
    const parts: { value: unknown; weight: number }[] = [];
    for (const chunk of chunks.slice(0, -1)) {
      parts.push({ value: (await this.#ask(this.#part(chunk))).value, weight: chunk.length });
    }
    const conclude = (value: unknown): unknown => mergedValue([...parts, { value, weight: last.length }]);
    const { value, ...answer } = await this.#ask({ ...withValues(this.call, this.name, last), conclude });
    return { ...answer, value: conclude(value) };
  }

  #ask(call: CascadeCall): Promise<CascadeAnswer> {
    this.#calls += 1;
    return this.inner.run(call, this.scope, this.signal);
  }

  /** Its row in the log answers no question that is asked again. */
  #part(values: readonly unknown[]): CascadeCall {
    return { ...withValues(this.call, this.name, values), answerKey: '' };
  }
}

function withValues(call: CascadeCall, name: string, values: readonly unknown[]): CascadeCall {
  return Object.freeze({ ...call, inputs: Object.freeze({ ...call.inputs, [name]: values }) });
}

function notice(scope: StatementScope, message: string): void {
  scope.notice({ severity: 'NOTICE', code: '00000', message });
}
