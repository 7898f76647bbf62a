import type { CascadeCall } from '../runner/cascade-runner.ts';
import type { StatementScope } from './statement-scope.ts';

/** Says once a statement and cell what the calls of the statement learn from. */
export class TrainingNotices {
  readonly #said = new Set<string>();

  constructor(private readonly scope: StatementScope) {}

  calling(call: CascadeCall): void {
    for (const [cell, { examples, trouble }] of call.examples) {
      const name = `${call.cascade.cascadeId}.${cell}`;
      if (this.#said.has(name)) continue;
      this.#said.add(name);
      this.#say(strategyOf(call, cell), examples.length, trouble);
    }
  }

  #say(strategy: string, count: number, trouble: string | null): void {
    if (trouble !== null) {
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
