import { SqlError } from '../../errors.ts';
import type { Inputs } from '../../training/training.ts';
import { canonicalInputs } from '../cascade/canonical-inputs.ts';
import type { Cascade, Operator } from '../cascade/cascade.ts';
import type { CascadeCall } from '../runner/cascade-runner.ts';
import type { AnswerBook, Arguments } from './answer-book.ts';
import { AnswerTable } from './answer-table.ts';
import type { CallMaker } from './call-maker.ts';

/** `rvbbit_run(cascade, inputs)`: any cascade, by name, whether it is a SQL operator or not. */
export const RUN_FUNCTION = 'rvbbit_run';

/** The signature of RUN_FUNCTION; its cascade is looked up a row. */
export const RUN_SIGNATURE: Operator['sql'] = Object.freeze({
  name: RUN_FUNCTION,
  description: 'Runs the named cascade on a struct of inputs and gives its last output as text.',
  args: Object.freeze([
    { name: 'cascade', type: 'VARCHAR', optional: false, default: null, role: 'value' as const },
    { name: 'inputs', type: 'JSON', optional: false, default: null, role: 'value' as const },
  ]),
  returns: 'VARCHAR',
  shape: 'scalar',
  patterns: Object.freeze([]),
});

/** The answers of RUN_FUNCTION in one statement: cascades and marks may differ by row, so nothing is shared here. */
export class RunBook implements AnswerBook {
  readonly table = new AnswerTable();
  readonly #makers = new Map<string, CallMaker>();
  /** Of rows that were prepared. */
  readonly #inputs = new WeakMap<Arguments, Inputs>();

  constructor(
    private readonly cascades: ReadonlyMap<string, Cascade>,
    private readonly makerOf: (cascade: Cascade) => Promise<CallMaker>,
  ) {}

  async prepare(rows: readonly Arguments[]): Promise<void> {
    const wanted = new Set(rows.map(([name]) => name ?? ''));
    for (const name of wanted) {
      const maker = this.#makers.get(name) ?? (await this.makerOf(this.#cascade(name)));
      this.#makers.set(name, maker);
      const own = rows.filter((args) => (args[0] ?? '') === name);
      for (const args of own) this.#inputs.set(args, this.#inputsOf(args));
      await maker.prepare(own.map((args) => this.#inputs.get(args) ?? this.#inputsOf(args)));
    }
  }

  call(args: Arguments): CascadeCall {
    const name = args[0] ?? '';
    const maker = this.#makers.get(name);
    if (maker === undefined) throw unknownCascade(name, this.cascades);
    return maker.call(this.#inputs.get(args) ?? this.#inputsOf(args));
  }

  #inputsOf([name, inputs]: Arguments): Inputs {
    return inputsOf(this.#cascade(name ?? ''), inputs ?? 'null');
  }

  #cascade(name: string): Cascade {
    const cascade = this.cascades.get(name);
    if (cascade === undefined) throw unknownCascade(name, this.cascades);
    return cascade;
  }
}

/** Throws SqlError 22023 where the value is no object or has other fields than the cascade declares. */
export function inputsOf(cascade: Cascade, json: string): Readonly<Record<string, unknown>> {
  return canonicalInputs(cascade, fieldsOf(cascade, json));
}

function fieldsOf(cascade: Cascade, json: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(json);
  // A text that holds JSON arrives as a JSON string.
  const value: unknown = typeof parsed === 'string' && parsed.startsWith('{') ? JSON.parse(parsed) : parsed;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new SqlError('22023', `the inputs of cascade ${cascade.cascadeId} are no object`, {
    hint: `Write them as {'${cascade.inputs[0] ?? 'name'}': …}.`,
  });
}

function unknownCascade(name: string, cascades: ReadonlyMap<string, Cascade>): SqlError {
  return new SqlError('42704', `cascade "${name}" does not exist`, {
    hint: `Loaded cascades: ${[...cascades.keys()].sort().join(', ')}.`,
  });
}
