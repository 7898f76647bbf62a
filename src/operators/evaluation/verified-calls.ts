import type { VerifiedAnswers } from '../../training/training.ts';
import type { Cell } from '../cascade/cascade.ts';
import type { VerifiedCall } from '../runner/cascade-runner.ts';
import { JsonSchemas } from '../runner/json-schemas.ts';
import { parseOutput } from '../runner/parse-output.ts';

/** What people have verified of a cascade's last cell: its answer, without a call. */
export class VerifiedCalls {
  readonly version: string;
  readonly #schemas = new JsonSchemas();

  constructor(
    private readonly cell: Cell,
    private readonly answers: VerifiedAnswers,
  ) {
    this.version = answers.version;
  }

  /** Undefined where nobody has verified an output that the cell could give. */
  find(canonicalInputs: string): VerifiedCall | undefined {
    const answer = this.answers.byInputs.get(canonicalInputs);
    if (answer === undefined) return undefined;
    const parsed = parseOutput(this.cell, { text: answer.output, finish: 'stop' }, this.#schemas);
    if (!parsed.ok) return undefined;
    return Object.freeze({ value: parsed.value, output: parsed.text, traceId: answer.traceId });
  }
}
