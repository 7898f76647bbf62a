import type { Example } from '../../../training/example.ts';
import type { SqlFunction } from '../../cascade/cascade.ts';
import type { AnswerUse } from '../answer-use.ts';
import type { Wanted } from '../asked.ts';
import type { Asked } from '../asked.ts';
import { lotOf } from './drawn.ts';

/** A value whose answer waits until its pass has ended. */
export interface HeldValue {
  readonly asked: Asked;
  readonly lot: number;
  /** The log has its answer. */
  readonly known: boolean;
}

/** Examples kept of an operator, at most. */
const MOST_EXAMPLES = 1_000;

/** All distinct values that a pass asks one operator about. */
export class HeldValues {
  readonly values: HeldValue[] = [];
  readonly #examples = new Map<string, Example>();

  constructor(
    readonly use: AnswerUse,
    readonly sql: SqlFunction,
  ) {}

  add({ use, slot, args, call }: Wanted, known: boolean): void {
    this.values.push({ asked: { use, slot, args }, lot: lotOf(call.answerKey), known });
    if (this.#examples.size >= MOST_EXAMPLES) return;
    for (const { examples } of call.examples.values())
      for (const example of examples) this.#examples.set(example.traceId, example);
  }

  /** What people have marked. */
  get examples(): readonly Example[] {
    return [...this.#examples.values()];
  }
}
