import { READY } from '../answer-table.ts';
import type { AnswerUse } from '../answer-use.ts';
import type { Wanted } from '../call-queue.ts';
import type { Asked } from '../look-up.ts';
import type { StatementScope } from '../statement-scope.ts';
import { type HeldValue, HeldValues } from './held-values.ts';
import { judgeByProxy, type ProxyVerdict } from './judge-by-proxy.ts';
import { mayUseProxy } from './may-use-proxy.ts';
import { criterionOf, groupsOf, markedOf, nameOf, type ProxiedGroup } from './proxied-group.ts';
import type { ProxyModel } from './proxy-model.ts';
import { isWorthTrying } from './sampling.ts';
import { ALLOWANCE, type Targets } from './targets.ts';

export interface ProxyEnds {
  /** Has the model answer these; resolves when all are answered or given up. */
  ask(values: readonly Asked[]): Promise<void>;
  /** Leaves these to the model, without waiting. */
  release(values: readonly Asked[]): void;
  /** `probability`: that the answer is right, as the proxy sees it. */
  decided(value: Asked, answer: boolean, probability: number): void;
  /** Resolves when what was decided so far is in the log. */
  logged(): Promise<void>;
}

/** Values decided between two writes of the log. */
const A_WRITE = 10_000;

/**
 * The proxies of one statement. A pass notes all distinct values that it misses; they are held until it ends, for a
 * sample has to be drawn from all of them. Then each question that is worth it gets a proxy, and the model gets the
 * rest. A walk, which asks for a few rows after another, has none.
 */
export class Proxies {
  readonly #held = new Map<AnswerUse, HeldValues>();
  readonly #targets: Targets;
  #released = false;

  constructor(
    private readonly model: ProxyModel,
    private readonly scope: StatementScope,
    private readonly ends: ProxyEnds,
  ) {
    const { recall, precision } = scope.settings;
    this.#targets = Object.freeze({ recall, precision, allowance: ALLOWANCE });
  }

  /** Whether the value waits for the end of its pass; otherwise it goes to the model. */
  hold(want: Wanted): boolean {
    if (want.call.verified !== undefined) return false;
    return this.#add(want, false);
  }

  /** A value that the log knows is one of those that a sample is drawn from. */
  know(want: Wanted): void {
    this.#add(want, true);
  }

  /** From now on every value goes to the model, those held so far included. */
  releaseAll(): void {
    this.#released = true;
    for (const held of this.#take()) this.#release(held.values);
  }

  /** After a pass: has every value that was held answered, or under way to the model. Rejects as `ask` does. */
  async decide(): Promise<void> {
    await Promise.all(this.#take().map((held) => this.#decideOperator(held)));
  }

  #add(want: Wanted, known: boolean): boolean {
    const sql = want.call.cascade.sqlFunction;
    if (this.#released || sql === null || sql.name !== want.use.name) return false;
    if (!mayUseProxy(sql, this.scope.settings)) return false;
    const held = this.#held.get(want.use) ?? new HeldValues(want.use, sql);
    this.#held.set(want.use, held);
    held.add(want, known);
    return true;
  }

  #take(): readonly HeldValues[] {
    const held = [...this.#held.values()];
    this.#held.clear();
    return held;
  }

  async #decideOperator(held: HeldValues): Promise<void> {
    const groups = groupsOf(held);
    const tried = groups.filter(({ values }) => isWorthTrying(values.length, this.#targets));
    for (const group of groups) if (!tried.includes(group)) this.#release(group.values);
    await Promise.all(tried.map((group) => this.#decideGroup(held, group)));
  }

  async #decideGroup(held: HeldValues, group: ProxiedGroup): Promise<void> {
    const { values } = group;
    if (values.every(({ known }) => known)) return;
    const verdict = await judgeByProxy(
      {
        texts: values.map(({ asked }) => asked.args[0] ?? ''),
        lots: Float64Array.from(values, ({ lot }) => lot),
        criterion: criterionOf(held, group),
        marked: markedOf(held, group),
        targets: this.#targets,
        ask: (at) => this.#ask(at.map((place) => values[place] as HeldValue)),
      },
      this.model,
    );
    if (verdict.kind === 'none') {
      this.#say(`${nameOf(held, group)}: no proxy: ${verdict.reason}`);
      this.#release(values);
    } else await this.#apply(held, group, verdict);
  }

  async #apply(
    held: HeldValues,
    group: ProxiedGroup,
    verdict: Extract<ProxyVerdict, { kind: 'proxy' }>,
  ): Promise<void> {
    const { decisions, scores } = verdict;
    const left = group.values.filter((value, at) => decisions[at] === 'ask' || isAnswered(value));
    const decided = [...group.values.keys()].filter((at) => {
      return decisions[at] !== 'ask' && !isAnswered(group.values[at] as HeldValue);
    });
    this.#say(summaryOf(nameOf(held, group), left.length, decided.length, verdict, this.#targets));
    this.#release(left);
    for (const [count, at] of decided.entries()) {
      const odds = Math.abs(scores[at] as number);
      const value = group.values[at] as HeldValue;
      this.ends.decided(value.asked, decisions[at] === 'true', 1 / (1 + Math.exp(-odds)));
      if (count % A_WRITE === A_WRITE - 1) await this.ends.logged();
    }
  }

  async #ask(values: readonly HeldValue[]): Promise<readonly (boolean | null)[]> {
    await this.ends.ask(values.filter((value) => !isAnswered(value)).map(({ asked }) => asked));
    return values.map(({ asked: { use, slot } }) => {
      const { table } = use.book;
      const value = table.stateOf(slot) === READY ? table.valueOf(slot) : null;
      return typeof value === 'boolean' ? value : null;
    });
  }

  #release(values: readonly HeldValue[]): void {
    this.ends.release(values.filter((value) => !isAnswered(value)).map(({ asked }) => asked));
  }

  #say(message: string): void {
    this.scope.notice({ severity: 'NOTICE', code: '00000', message });
  }
}

function isAnswered({ asked: { use, slot } }: HeldValue): boolean {
  return use.book.table.stateOf(slot) === READY || use.gaveUp(slot);
}

function summaryOf(
  name: string,
  left: number,
  decided: number,
  { trained, proved }: { readonly trained: number; readonly proved: number },
  { recall, precision }: Targets,
): string {
  const model = `the model decides ${left} (${trained} to train a proxy, ${proved} to prove it)`;
  return `${name}: of ${left + decided} values ${model}, the proxy ${decided}, at recall ${recall} and precision ${precision}`;
}
