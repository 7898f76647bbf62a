import type { Example } from '../../training/example.ts';
import type { ArmAsker, ArmName, Spent } from '../../training/measure/compare-arms.ts';
import { spentBy } from '../../training/measure/spent-by.ts';
import type { Inputs } from '../../training/training.ts';
import type { TrainingSystem } from '../../training/training-system.ts';
import { canonicalJson } from '../cascade/canonical-json.ts';
import type { Cascade } from '../cascade/cascade.ts';
import type { Answers } from '../evaluation/answers.ts';
import type { StatementScope } from '../evaluation/statement-scope.ts';
import { uuidV7 } from '../runner/uuid-v7.ts';

/**
 * Asks a cell of a cascade for a comparison: always a new call, under a key that no statement looks for, and logged
 * under a statement of its own for each arm. Cells before it run as they are, without examples.
 */
export class CellArms implements ArmAsker {
  readonly #statements: Readonly<Record<ArmName, string>> = Object.freeze({ a: uuidV7(), b: uuidV7() });

  constructor(
    private readonly answers: Answers,
    private readonly training: TrainingSystem,
    private readonly cascade: Cascade,
    private readonly cellName: string,
    private readonly scope: StatementScope,
  ) {}

  async ask(arm: ArmName, inputs: Inputs, examples: readonly Example[]): Promise<string> {
    const statementId = this.#statements[arm];
    const call = Object.freeze({
      cascade: this.cascade,
      inputs,
      examples: new Map([[this.cellName, { examples, trouble: null }]]),
      answerKey: `ab-${statementId}.${uuidV7()}`,
    });
    const scope = { ...this.scope, statementId };
    const { outputs } = await this.answers.compute(call, scope, scope.signal);
    const output = outputs[this.cellName];
    return typeof output === 'string' ? output : canonicalJson(output);
  }

  async spent(arm: ArmName): Promise<Spent> {
    await this.training.log.flush();
    return spentBy(this.training.store, this.#statements[arm]);
  }
}
