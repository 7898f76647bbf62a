import { mayUseProxy } from '../proxy/may-use-proxy.ts';
import { type ExpectedProxy, expectedProxy } from '../proxy/expected-proxy.ts';
import { type ExpectedPairs, expectedPairs } from '../proxy/expected-pairs.ts';
import { joinedPairs } from '../proxy/joined-pairs.ts';
import { isWorthTrying } from '../proxy/sampling.ts';
import { ALLOWANCE, type Targets } from '../proxy/targets.ts';
import type { SqlFunction } from '../../cascade/cascade.ts';
import type { Arguments } from '../answer-book.ts';
import type { SemanticSettings } from '../statement-scope.ts';

interface Question {
  readonly rows: Arguments[];
  unpaid: number;
}

/** The distinct values of an operator, counted by the question they are asked. */
export class ProxiedQuestions {
  readonly #questions = new Map<string, Question>();
  #sql: SqlFunction | null = null;

  constructor(private readonly settings: SemanticSettings) {}

  add(sql: SqlFunction | null, args: Arguments, unpaid: boolean): void {
    if (sql === null || !mayUseProxy(sql, this.settings)) return;
    const key = JSON.stringify(args.slice(1));
    const question = this.#questions.get(key) ?? { rows: [], unpaid: 0 };
    this.#questions.set(key, question);
    question.rows.push(args);
    this.#sql = sql;
    if (unpaid) question.unpaid += 1;
  }

  /** The proxies that will be tried. */
  expected(trueShare: number | null): readonly ExpectedProxy[] {
    return [...this.#questions.values()].flatMap(({ rows, unpaid }) => {
      return expectedProxy(rows.length, unpaid, trueShare ?? 0.5, this.#targets) ?? [];
    });
  }

  /** Pairs of two sides, of which some will be ruled out. */
  joins(): readonly ExpectedPairs[] {
    const small = [...this.#questions.values()].filter(
      ({ rows }) => !isWorthTrying(rows.length, this.#targets),
    );
    if (this.#sql === null) return [];
    const rows = small.flatMap((question) => question.rows);
    const joined = joinedPairs(this.#sql, rows);
    if (joined === null) return [];
    const unpaid = small.reduce((sum, question) => sum + question.unpaid, 0);
    const { left, right } = joined;
    return [expectedPairs({ pairs: rows.length, left, right }, unpaid, this.#targets)];
  }

  get #targets(): Targets {
    const { recall, precision } = this.settings;
    return { recall, precision, allowance: ALLOWANCE };
  }
}
