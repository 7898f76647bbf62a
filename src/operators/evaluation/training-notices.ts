import type { CascadeCall } from '../runner/cascade-runner.ts';
import type { AnswerBook } from './answer-book.ts';
import type { StatementScope } from './statement-scope.ts';

/** Says once a statement and cell what the calls of the statement learn from. */
export class TrainingNotices {
  readonly #said = new Set<string>();

  constructor(private readonly scope: StatementScope) {}

  calling(book: AnswerBook, call: CascadeCall): void {
    if (this.#said.size === book.pools.size && this.#said.has(lastCell(book))) return;
    for (const [cell, { examples, trouble }] of call.examples) {
      const name = `${call.cascade.cascadeId}.${cell}`;
      if (this.#said.has(name)) continue;
      this.#said.add(name);
      this.#say(strategyOf(book, cell), examples.length, trouble);
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

function strategyOf(book: AnswerBook, cellName: string): string {
  const cell = book.operator.cascade.cells.find(({ name }) => name === cellName);
  return cell?.training.strategy ?? 'recent';
}

function lastCell(book: AnswerBook): string {
  return `${book.operator.cascade.cascadeId}.${[...book.pools.keys()].at(-1) ?? ''}`;
}
