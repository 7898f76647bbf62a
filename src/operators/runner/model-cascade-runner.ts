import { SqlError } from '../../errors.ts';
import { canonicalJson } from '../cascade/canonical-json.ts';
import type { Cell } from '../cascade/cascade.ts';
import type { StatementScope } from '../evaluation/statement-scope.ts';
import type { Accepted } from './ask-model.ts';
import type {
  CascadeAnswer,
  CascadeCall,
  CascadeRunner,
  CellExamples,
  VerifiedCall,
} from './cascade-runner.ts';
import { runnerParts, type OwnParts } from './runner-parts.ts';
import type { RunnerParts } from './cell-run.ts';
import { takeCell } from './take-cell.ts';
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
    const done: { cell: Cell; accepted: Accepted }[] = [];
    for (const cell of call.cascade.cells) {
      const accepted = await takeCell({
        parts: this.#parts,
        call,
        cell: this.#parts.cells.resolve(cell, call.inputs),
        examples: call.examples.get(cell.name) ?? UNTRAINED,
        values: { input: call.inputs, outputs: outputsOf(done) },
        scope,
        signal,
        runId,
        parentTraceId: done.at(-1)?.accepted.record.traceId ?? null,
      });
      done.push({ cell, accepted });
      this.#log(call, accepted, done.length === call.cascade.cells.length);
    }
    const { accepted } = done.at(-1) as { accepted: Accepted };
    return { value: accepted.value, traceId: accepted.record.traceId, outputs: outputsOf(done) };
  }

  #verified(call: CascadeCall, verified: VerifiedCall, scope: StatementScope): CascadeAnswer {
    const record = verifiedRecord(call, verified, scope);
    this.#parts.log.append(record);
    return { value: verified.value, traceId: record.traceId, outputs: { [record.cellName]: verified.value } };
  }

  /** The row of the last cell's answer is the one under which the cascade's answer is found again. */
  #log(call: CascadeCall, { record, value }: Accepted, last: boolean): void {
    const answer = last
      ? { answerKey: call.answerKey, answer: canonicalJson(call.conclude?.(value) ?? value) }
      : {};
    this.#parts.log.append({ ...record, ...answer });
  }
}

function outputsOf(done: readonly { cell: Cell; accepted: Accepted }[]): Readonly<Record<string, unknown>> {
  return Object.freeze(Object.fromEntries(done.map(({ cell, accepted }) => [cell.name, accepted.value])));
}

function noCells({ cascade }: CascadeCall): SqlError {
  return new SqlError('0A000', `${cascade.cascadeId} is an expression of SQL and asks no model`, {
    hint: `Call ${cascade.sqlFunction?.name ?? cascade.cascadeId}(…) in a statement.`,
  });
}
