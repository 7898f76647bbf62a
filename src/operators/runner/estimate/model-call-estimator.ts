import type { CellMeasure } from '../../../training/log/cell-measures.ts';
import type { Cascade, Cell } from '../../cascade/cascade.ts';
import type { StatementScope } from '../../evaluation/statement-scope.ts';
import type { ChatMessage } from '../../models/model-provider.ts';
import { costAt } from '../../models/prices.ts';
import { MESSAGE_TOKENS, tokenCounterFor } from '../../models/token-counter.ts';
import type { TokenCounter } from '../../models/token-counter.ts';
import { modelOf } from '../cell-run.ts';
import type { ChosenModel, RunnerParts } from '../cell-run.ts';
import { packSchema } from '../pack/pack-rule.ts';
import { type OwnParts, runnerParts } from '../runner-parts.ts';
import { takesOf } from '../takes-of.ts';
import { assumedTokensOut } from './assumed-tokens-out.ts';
import type { CallEstimator, CallsEstimate, CallsToMake } from './call-estimator.ts';
import { calledCalls } from './called-calls.ts';
import { cellMessages, packedMessages } from './cell-messages.ts';
import { sumOfCells } from './sum-of-cells.ts';
import type { CellEstimate } from './sum-of-cells.ts';

export interface EstimatorParts extends OwnParts {
  /** What the log knows of a cell and a model; undefined where there is no log. */
  readonly measure?: (cascadeId: string, cellName: string, model: string) => Promise<CellMeasure>;
}

/** Fewer calls than this measure nothing. */
const ENOUGH_CALLS = 20;
const ASSUMED_LATENCY_MS = 1_000;
/** Tokens of an item of a packed reply beside its answer: id, names and brackets. */
const ITEM_TOKENS = 14;

interface PromptSize {
  readonly requests: number;
  readonly tokensIn: number;
  /** Rows of one request, on average. */
  readonly rows: number;
}

/** Renders the prompts of a sample and counts their tokens; takes replies and times from the log. */
export class ModelCallEstimator implements CallEstimator {
  readonly #parts: RunnerParts;

  constructor(private readonly parts: EstimatorParts) {
    this.#parts = runnerParts(parts);
  }

  async estimate(calls: CallsToMake, scope: StatementScope): Promise<CallsEstimate> {
    return sumOfCells(await this.#cells(calls, scope), calls);
  }

  /** Those of called cascades too, each as if the log had none of its answers. */
  async #cells(calls: CallsToMake, scope: StatementScope): Promise<readonly CellEstimate[]> {
    const estimates: CellEstimate[] = [];
    for (const cell of calls.sample[0]?.cascade.cells ?? []) {
      const { calls: called, query } = cell;
      if (called?.cascade !== undefined) {
        estimates.push(...(await this.#cells(calledCalls(calls, cell, called, called.cascade), scope)));
      } else if (called === undefined && query === undefined) {
        estimates.push(await this.#cell(calls, cell, scope));
      }
    }
    return estimates;
  }

  async trueShare({ cascade }: { readonly cascade: Cascade }, scope: StatementScope): Promise<number | null> {
    const last = cascade.cells.at(-1);
    if (last === undefined) return null;
    const measure = await this.#measure(cascade, last, modelOf({ parts: this.#parts, scope, cell: last }));
    return measure?.trueShare ?? null;
  }

  async #cell(calls: CallsToMake, cell: Cell, scope: StatementScope): Promise<CellEstimate> {
    const chosen = modelOf({ parts: this.#parts, scope, cell });
    const counter = await tokenCounterFor(chosen.model);
    const measure = await this.#measure(calls.sample[0]?.cascade, cell, chosen);
    const size = this.#size(calls, cell, scope, counter);
    const answer = measure?.meanTokensOut ?? assumedTokensOut(cell, counter);
    const perRow = size.rows > 1 ? assumedTokensOut(cell, counter) + ITEM_TOKENS : answer;
    const takes = takesOf(cell, scope.settings)?.count ?? 1;
    const tokensIn = Math.round(size.tokensIn * takes);
    const tokensOut = Math.round(calls.count * perRow * takes);
    return {
      cell,
      model: `${chosen.provider.name}/${chosen.model}`,
      requests: size.requests * takes,
      tokensIn,
      tokensOut,
      costUsd: costOf(chosen, tokensIn, tokensOut),
      latencyMs: measure?.meanDurationMs ?? ASSUMED_LATENCY_MS,
      measured: measure?.calls ?? 0,
      counter,
    };
  }

  #size(calls: CallsToMake, cell: Cell, scope: StatementScope, counter: TokenCounter): PromptSize {
    const requests = calls.groups.reduce(
      (sum, { rows, perRequest }) => sum + Math.ceil(rows / perRequest),
      0,
    );
    const rows = requests === 0 ? 1 : calls.count / requests;
    if (rows <= 1) {
      const counted = calls.sample.map((call) => tokensOf(cellMessages(this.#parts, call, cell), counter));
      const schema =
        cell.kind === 'json' && cell.outputSchema !== null
          ? counter.count(JSON.stringify(cell.outputSchema))
          : 0;
      return { requests: calls.count, tokensIn: calls.count * (mean(counted) + schema), rows: 1 };
    }
    const items = calls.sample.slice(0, Math.ceil(rows)).map((call) => ({ call, scope }));
    const whole = tokensOf(packedMessages(this.#parts, items), counter);
    const one = tokensOf(packedMessages(this.#parts, items.slice(0, 1)), counter);
    const perRow = items.length > 1 ? (whole - one) / (items.length - 1) : 0;
    const schema = counter.count(JSON.stringify(packSchema(cell) ?? ''));
    return { requests, tokensIn: requests * (one - perRow + schema) + calls.count * perRow, rows };
  }

  async #measure(
    cascade: Cascade | undefined,
    cell: Cell,
    { model }: ChosenModel,
  ): Promise<CellMeasure | null> {
    if (this.parts.measure === undefined || cascade === undefined) return null;
    const measure = await this.parts.measure(cascade.cascadeId, cell.name, model);
    return measure.calls < ENOUGH_CALLS ? null : measure;
  }
}

function costOf({ provider, model }: ChosenModel, tokensIn: number, tokensOut: number): number | null {
  if (provider.priceOf === undefined) return 0;
  const price = provider.priceOf(model);
  return price === null ? null : costAt(price, { tokensIn, tokensCached: 0, tokensOut });
}

function tokensOf(messages: readonly ChatMessage[], counter: TokenCounter): number {
  return messages.reduce((sum, { content }) => sum + counter.count(content) + MESSAGE_TOKENS, MESSAGE_TOKENS);
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
