import type { CascadeCall } from '../../runner/cascade-runner.ts';
import type { CallsToMake } from '../../runner/estimate/call-estimator.ts';
import type { Pack } from '../../scheduler/pack.ts';
import type { ExplainedExamples } from './explanation.ts';

/** Calls whose prompts are rendered and counted. */
const SAMPLE = 64;

interface Group {
  rows: number;
  tokens: number;
  readonly pack: Pack;
}

/** The calls of one operator that would have to be paid for: counts, and a sample of them. */
export class UnpaidCalls {
  readonly #sample: CascadeCall[] = [];
  readonly #groups = new Map<string, Group>();
  readonly #lists = new Map<string, Set<readonly unknown[]>>();
  #count = 0;
  #alone = 0;

  get count(): number {
    return this.#count;
  }

  add(call: CascadeCall, pack: Pack | undefined): void {
    this.#count += 1;
    this.#keep(call);
    for (const [cell, { examples }] of call.examples) {
      const lists = this.#lists.get(cell) ?? new Set();
      this.#lists.set(cell, lists.add(examples));
    }
    if (pack === undefined) this.#alone += 1;
    else this.#join(pack);
  }

  toMake(): CallsToMake {
    const packed = [...this.#groups.values()].map(({ rows, tokens, pack }) => ({
      rows,
      perRequest: Math.max(1, Math.min(pack.maxItems, Math.floor((pack.maxTokens * rows) / tokens))),
    }));
    const alone = this.#alone === 0 ? [] : [{ rows: this.#alone, perRequest: 1 }];
    return Object.freeze({ count: this.#count, sample: this.#sample, groups: [...packed, ...alone] });
  }

  examples(): readonly ExplainedExamples[] {
    const [call] = this.#sample;
    return [...(call?.examples ?? [])].map(([name, { examples, trouble }]) => {
      const training = call?.cascade.cells.find((cell) => cell.name === name)?.training;
      return Object.freeze({
        cell: name,
        strategy: training?.strategy ?? '',
        format: training?.format ?? '',
        traceIds: examples.map(({ traceId }) => traceId),
        lists: this.#lists.get(name)?.size ?? 0,
        trouble,
      });
    });
  }

  /** Each call has the same chance to be among the sample; the first one always is. */
  #keep(call: CascadeCall): void {
    if (this.#sample.length < SAMPLE) this.#sample.push(call);
    else {
      const at = Math.floor(Math.random() * this.#count);
      if (at > 0 && at < SAMPLE) this.#sample[at] = call;
    }
  }

  #join(pack: Pack): void {
    const group = this.#groups.get(pack.group) ?? { rows: 0, tokens: 0, pack };
    group.rows += 1;
    group.tokens += Math.max(1, pack.tokens);
    this.#groups.set(pack.group, group);
  }
}
