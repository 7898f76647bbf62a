import type { CascadeCall } from '../runner/cascade-runner.ts';
import type { StatementScope } from './statement-scope.ts';

/** Says once a statement and cell what the calls of the statement learn from. */
export class TrainingNotices {
  readonly #said = new Set<string>();
  #paidAgain = 0;

  constructor(private readonly scope: StatementScope) {}

  calling(call: CascadeCall): void {
    for (const [cell, { examples, trouble }] of call.examples) {
      const name = `${call.cascade.cascadeId}.${cell}`;
      if (this.#said.has(name)) continue;
      this.#said.add(name);
      this.#say(strategyOf(call, cell), examples.length, trouble);
    }
  }

  /** Once a count of answers whose question is known under other examples. */
  payingAgain(uses: readonly { readonly newExamples: number }[]): void {
    const count = uses.reduce((sum, { newExamples }) => sum + newExamples, 0);
    if (count === this.#paidAgain || this.scope.settings.reuseAnswers !== 'same_examples') return;
    this.#paidAgain = count;
    this.scope.notice({
      severity: 'NOTICE',
      code: '00000',
      message: `${count} known answer${count === 1 ? ' is' : 's are'} paid for again, for there are new examples`,
      hint: "SET rvbbit.reuse_answers = 'any' takes the answers that were given with other examples.",
    });
  }

  #say(strategy: string, count: number, trouble: string | null): void {
    if (trouble !== null) {
      if (this.scope.logReading?.outOfReach === true) return;
      this.scope.notice({
        severity: 'WARNING',
        code: '01000',
        message: `training is out of reach, so this statement runs without examples: ${trouble}`,
      });
      return;
    }
    const message =
      count === 0
        ? '📚 No training examples available yet'
        : `📚 Injected ${count} training example${count === 1 ? '' : 's'} (${strategy} strategy)`;
    this.scope.notice({ severity: 'NOTICE', code: '00000', message });
  }
}

function strategyOf(call: CascadeCall, cellName: string): string {
  return call.cascade.cells.find(({ name }) => name === cellName)?.training.strategy ?? 'recent';
}
