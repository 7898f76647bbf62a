import { mayUseProxy } from '../proxy/may-use-proxy.ts';
import { type ExpectedProxy, expectedProxy } from '../proxy/expected-proxy.ts';
import { ALLOWANCE } from '../proxy/targets.ts';
import type { SqlFunction } from '../../cascade/cascade.ts';
import type { Arguments } from '../answer-book.ts';
import type { SemanticSettings } from '../statement-scope.ts';

interface Question {
  values: number;
  unpaid: number;
}

/** The distinct values of an operator, counted by the question they are asked. */
export class ProxiedQuestions {
  readonly #questions = new Map<string, Question>();

  constructor(private readonly settings: SemanticSettings) {}

  add(sql: SqlFunction | null, args: Arguments, unpaid: boolean): void {
    if (sql === null || !mayUseProxy(sql, this.settings)) return;
    const key = JSON.stringify(args.slice(1));
    const question = this.#questions.get(key) ?? { values: 0, unpaid: 0 };
    this.#questions.set(key, question);
    question.values += 1;
    if (unpaid) question.unpaid += 1;
  }

  /** The proxies that will be tried. */
  expected(trueShare: number | null): readonly ExpectedProxy[] {
    const { recall, precision } = this.settings;
    const targets = { recall, precision, allowance: ALLOWANCE };
    return [...this.#questions.values()].flatMap(({ values, unpaid }) => {
      return expectedProxy(values, unpaid, trueShare ?? 0.5, targets) ?? [];
    });
  }
}
