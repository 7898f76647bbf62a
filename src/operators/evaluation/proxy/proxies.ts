import { READY } from '../answer-table.ts';
import type { AnswerUse } from '../answer-use.ts';
import type { Wanted } from '../asked.ts';
import type { Asked } from '../asked.ts';
import type { StatementScope } from '../statement-scope.ts';
import { type HeldValue, HeldValues } from './held-values.ts';
import { judgeByProxy, type ProxyVerdict } from './judge-by-proxy.ts';
import { mayUseProxy } from './may-use-proxy.ts';
import { criterionOf, groupsOf, markedOf, nameOf, type ProxiedGroup } from './proxied-group.ts';
import { joinedPairs } from './joined-pairs.ts';
import { judgePairs } from './judge-pairs.ts';
import { PairLimits } from './pair-limits.ts';
import { pairScores } from './pair-scores.ts';
import type { ProxyModel } from './proxy-model.ts';
import { isWorthTrying } from './sampling.ts';
import { ALLOWANCE, type Targets } from './targets.ts';

export interface ProxyEnds {
  /** Has the model answer these; resolves when all are answered or given up. */
  ask(values: readonly Asked[]): Promise<void>;
  /** Leaves these to the model, without waiting. */
  release(values: readonly Asked[]): void;
  /** `probability`: that the answer is right, as the proxy sees it; null where it does not say. */
  decided(value: Asked, answer: boolean, probability: number | null): void;
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
  readonly #limits: PairLimits;
  #released = false;

  constructor(
    private readonly model: ProxyModel,
    private readonly scope: StatementScope,
    private readonly ends: ProxyEnds,
  ) {
    const { recall, precision } = scope.settings;
    this.#limits = new PairLimits(scope.settings);
    this.#targets = Object.freeze({ recall, precision, allowance: ALLOWANCE });
  }

  /** No more pairs of this operator may be asked about than `rvbbit.max_pairs`, for a join has more of them. */
  limitPairs(operator: string): void {
    this.#limits.add(operator);
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
    if (sql === null || sql.name !== want.use.name) return false;
    if (this.#released) {
      if (!known) this.#limits.ask(sql.name, 1);
      return false;
    }
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
    await Promise.all([
      ...tried.map((group) => this.#decideGroup(held, group)),
      this.#decidePairs(
        held,
        groups.filter((group) => !tried.includes(group)).flatMap(({ values }) => values),
      ),
    ]);
  }

  /** Values of questions too small for a proxy: those of a join, or any others, which the model gets. */
  async #decidePairs(held: HeldValues, values: readonly HeldValue[]): Promise<void> {
    const joined = joinedPairs(
      held.sql,
      values.map(({ asked }) => asked.args),
    );
    if (joined === null || values.every(({ known }) => known)) return this.#release(values);
    const scores = await pairScores(joined.pairs, this.model.embedder);
    const verdict = await judgePairs({
      scores,
      lots: Float64Array.from(values, ({ lot }) => lot),
      values: joined.left + joined.right,
      targets: this.#targets,
      most: this.#limits.mostOf(held.sql.name),
      ask: (at) => this.#ask(at.map((place) => values[place] as HeldValue)),
    });
    const sides = `${values.length} pairs (${joined.left} × ${joined.right} values)`;
    if (verdict.kind === 'none') {
      this.#limits.check(held.sql.name, values.length, ` (${joined.left} × ${joined.right} distinct values)`);
      this.#say(`${held.sql.name}: of ${sides} none is ruled out: ${verdict.reason}`);
      return this.#release(values);
    }
    const { candidates, sampled } = verdict;
    const ruledOut = verdict.ruledOut
      .map((at) => values[at] as HeldValue)
      .filter((value) => !isAnswered(value));
    const asked = `${candidates} candidates and ${sampled} others by lot`;
    this.#say(
      `${held.sql.name}: of ${sides} the model decides ${candidates + sampled} (${asked}), ${ruledOut.length} are ruled out by embedding, at recall ${this.#targets.recall}`,
    );
    await this.#decided(ruledOut, () => ({ answer: false, probability: null }));
  }

  async #decided(
    values: readonly HeldValue[],
    decision: (at: number) => { readonly answer: boolean; readonly probability: number | null },
  ): Promise<void> {
    for (const [at, value] of values.entries()) {
      const { answer, probability } = decision(at);
      this.ends.decided(value.asked, answer, probability);
      if (at % A_WRITE === A_WRITE - 1) await this.ends.logged();
    }
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
    const places = decided.map((at) => group.values[at] as HeldValue);
    await this.#decided(places, (index) => {
      const at = decided[index] as number;
      const probability = 1 / (1 + Math.exp(-Math.abs(scores[at] as number)));
      return { answer: decisions[at] === 'true', probability };
    });
  }

  async #ask(values: readonly HeldValue[]): Promise<readonly (boolean | null)[]> {
    const open = values.filter((value) => !isAnswered(value)).map(({ asked }) => asked);
    this.#limitAll(open);
    await this.ends.ask(open);
    return values.map(({ asked: { use, slot } }) => {
      const { table } = use.book;
      const value = table.stateOf(slot) === READY ? table.valueOf(slot) : null;
      return typeof value === 'boolean' ? value : null;
    });
  }

  #release(values: readonly HeldValue[]): void {
    const open = values.filter((value) => !isAnswered(value)).map(({ asked }) => asked);
    this.#limitAll(open);
    this.ends.release(open);
  }

  #limitAll(values: readonly Asked[]): void {
    const [first] = values;
    if (first !== undefined) this.#limits.ask(first.use.name, values.length);
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
