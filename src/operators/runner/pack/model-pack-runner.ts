import { messageOf, SqlError } from '../../../errors.ts';
import type { StatementScope } from '../../evaluation/statement-scope.ts';
import { canonicalJson } from '../../cascade/canonical-json.ts';
import type { Batch } from '../../cascade/cascade.ts';
import { DEFAULT_BATCH_TOKENS } from '../../cascade/cascade.ts';
import type { Pack, PackOutcome } from '../../scheduler/pack.ts';
import type { CascadeAnswer, CascadeCall } from '../cascade-runner.ts';
import { modelOf } from '../cell-run.ts';
import type { RunnerParts } from '../cell-run.ts';
import { runnerParts, type OwnParts } from '../runner-parts.ts';
import type { ModelReply } from '../../models/model-provider.ts';
import { paidFor } from '../paid-for.ts';
import { takesOf } from '../takes-of.ts';
import { failedPackRecords, packRecords } from './pack-records.ts';
import type { PackItem, PackRunner } from './pack-runner.ts';
import { packedRequest } from './packed-request.ts';
import type { PackedRequest } from './packed-request.ts';
import { readPack } from './read-pack.ts';

const CHARACTERS_A_TOKEN = 4;
/** The prompt is too long, or the endpoint rejects it: one of the rows may be at fault, and alone it shows. */
const ONE_ROW_MAY_BE_AT_FAULT: ReadonlySet<string> = new Set(['54000', '38000']);

/** Packs rows of cascades of one cell, where the cell or the session asks for it and the provider can. */
export class ModelPackRunner implements PackRunner {
  readonly #parts: RunnerParts;

  constructor(parts: OwnParts) {
    this.#parts = runnerParts(parts);
  }

  offer(call: CascadeCall, scope: StatementScope): Pack<PackItem> | undefined {
    const batch = this.#batchOf(call, scope);
    if (batch === null) return undefined;
    return {
      group: groupOf(call, scope.settings.model ?? ''),
      maxItems: batch.maxItems,
      maxTokens: batch.maxTokens,
      item: { call, scope },
      tokens: Math.ceil(canonicalJson(call.inputs).length / CHARACTERS_A_TOKEN),
      run: (items, signal) => this.#run(items, signal),
    };
  }

  #batchOf({ cascade }: CascadeCall, scope: StatementScope): Batch | null {
    const [cell] = cascade.cells;
    if (cell === undefined || cascade.cells.length > 1) return null;
    if (takesOf(cell, scope.settings) !== null || cell.wards !== undefined) return null;
    if (cell.query !== undefined || cell.calls !== undefined) return null;
    if (cascade.sqlFunction?.shape === 'aggregate') return null;
    const { batchSize } = scope.settings;
    const maxTokens = cell.batch?.maxTokens ?? DEFAULT_BATCH_TOKENS;
    const batch = batchSize === null ? cell.batch : { maxItems: batchSize, maxTokens };
    if (batch === null || batch.maxItems < 2) return null;
    return modelOf({ parts: this.#parts, scope, cell }).provider.packs === true ? batch : null;
  }

  async #run(items: readonly PackItem[], signal: AbortSignal): Promise<readonly PackOutcome[]> {
    const packed = packedRequest(this.#parts, items);
    const reply = await this.#ask(packed, signal);
    if (reply === null) return items.map(() => ({ ok: false }));
    const outcomes = readPack(packed.cell, reply, packed.prompt.ids, this.#parts.schemas);
    const records = packRecords(packed, reply, outcomes);
    for (const record of records) this.#parts.log.append(record);
    return outcomes.map((outcome, at): PackOutcome => {
      if (!outcome.ok) return { ok: false };
      const outputs = Object.freeze({ [packed.cell.name]: outcome.value });
      const traceId = records[at]?.traceId ?? '';
      return { ok: true, value: { value: outcome.value, traceId, outputs } satisfies CascadeAnswer };
    });
  }

  /** null where the rows are to be asked one by one. */
  async #ask(packed: PackedRequest, signal: AbortSignal): Promise<ModelReply | null> {
    const budget = packed.items[0]?.scope.budget;
    const complete = await paidFor(budget, packed.chosen.provider, packed.request);
    try {
      return await complete(signal);
    } catch (error) {
      for (const record of failedPackRecords(packed, messageOf(error))) this.#parts.log.append(record);
      if (error instanceof SqlError && ONE_ROW_MAY_BE_AT_FAULT.has(error.code)) return null;
      throw error;
    }
  }
}

/** Same cell, same model, same examples, same criterion. */
function groupOf({ cascade, inputs, answerKey }: CascadeCall, model: string): string {
  const criterion = cascade.sqlFunction?.args.find(({ role }) => role === 'criterion')?.name;
  const { labelsFrom, schemaFrom } = cascade.cells[0] ?? {};
  const examples = answerKey.slice(answerKey.indexOf('.') + 1);
  const shared = canonicalJson([criterion, labelsFrom, schemaFrom].map((name) => inputs[name ?? ''] ?? null));
  return [cascade.fingerprint, model, examples, shared].join('\u0000');
}
