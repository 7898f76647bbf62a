import { dollarText } from '../spending/spent-text.ts';
import type { StatementScope } from '../statement-scope.ts';
import type { StatementProgress } from './statements-in-flight.ts';

const EVERY_MS = 1_000;

/** Says once a second how far a statement is, where `rvbbit.progress` is on and something has changed. */
export class ProgressNotices {
  readonly #timer: NodeJS.Timeout | undefined;
  #said = '';

  constructor(
    private readonly scope: StatementScope,
    private readonly progress: () => StatementProgress,
  ) {
    if (scope.settings.progress) this.#timer = setInterval(() => this.#say(), EVERY_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #say(): void {
    const message = progressText(this.progress());
    if (message === this.#said) return;
    this.#said = message;
    this.scope.notice({ severity: 'NOTICE', code: '00000', message });
  }
}

function progressText({ callsDone, callsToDo, spent, etaSeconds }: StatementProgress): string {
  const left = etaSeconds === null ? '' : `, about ${Math.ceil(etaSeconds)} s left`;
  return `${callsDone} of ${callsDone + callsToDo} answers, ${dollarText(spent.costUsd)}${left}`;
}
