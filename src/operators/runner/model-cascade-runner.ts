import { SqlError } from '../../errors.ts';
import { canonicalJson } from '../cascade/canonical-json.ts';
import type { Cell } from '../cascade/cascade.ts';
import type { StatementScope } from '../evaluation/statement-scope.ts';
import type {
  CascadeAnswer,
  CascadeCall,
  CascadeRunner,
  CellExamples,
  VerifiedCall,
} from './cascade-runner.ts';
import { runnerParts, type OwnParts } from './runner-parts.ts';
import type { RunnerParts } from './cell-run.ts';
import { type CellOutcome, runCell } from './run-cell.ts';
import { uuidV7 } from './uuid-v7.ts';
import { verifiedRecord } from './verified-record.ts';

const UNTRAINED: CellExamples = Object.freeze({ examples: Object.freeze([]), trouble: null });

/** Runs cascades on models. */
export class ModelCascadeRunner implements CascadeRunner {
  readonly #parts: RunnerParts;

  constructor(parts: OwnParts) {
    this.#parts = runnerParts(parts);
  }

  async run(call: CascadeCall, scope: StatementScope, signal: AbortSignal): Promise<CascadeAnswer> {
    if (call.verified !== undefined) return this.#verified(call, call.verified, scope);
    if (call.cascade.cells.length === 0) throw noCells(call);
    const runId = uuidV7();
    const done: { cell: Cell; outcome: CellOutcome }[] = [];
    for (const cell of call.cascade.cells) {
      const outcome = await runCell({
        parts: this.#parts,
        call,
        cell: this.#parts.cells.resolve(cell, call.inputs),
        examples: call.examples.get(cell.name) ?? UNTRAINED,
        values: { input: call.inputs, outputs: outputsOf(done) },
        scope,
        signal,
        runId,
        parentTraceId: done.at(-1)?.outcome.traceId ?? null,
      });
      done.push({ cell, outcome });
      this.#log(call, outcome, done.length === call.cascade.cells.length);
    }
    const { outcome } = done.at(-1) as { outcome: CellOutcome };
    return { value: outcome.value, traceId: outcome.traceId ?? runId, outputs: outputsOf(done) };
  }

  #verified(call: CascadeCall, verified: VerifiedCall, scope: StatementScope): CascadeAnswer {
    const record = verifiedRecord(call, verified, scope);
    this.#parts.log.append(record);
    return { value: verified.value, traceId: record.traceId, outputs: { [record.cellName]: verified.value } };
  }

  /** The row of the last cell's answer is the one under which the cascade's answer is found again. */
  #log(call: CascadeCall, { record, value }: CellOutcome, last: boolean): void {
    if (record === null) return;
    const answer = last
      ? { answerKey: call.answerKey, answer: canonicalJson(call.conclude?.(value) ?? value) }
      : {};
    this.#parts.log.append({ ...record, ...answer });
  }
}

function outputsOf(done: readonly { cell: Cell; outcome: CellOutcome }[]): Readonly<Record<string, unknown>> {
  return Object.freeze(Object.fromEntries(done.map(({ cell, outcome }) => [cell.name, outcome.value])));
}

function noCells({ cascade }: CascadeCall): SqlError {
  return new SqlError('0A000', `${cascade.cascadeId} is an expression of SQL and asks no model`, {
    hint: `Call ${cascade.sqlFunction?.name ?? cascade.cascadeId}(…) in a statement.`,
  });
}
