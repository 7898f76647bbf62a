import { parseModelName } from '../../config.ts';
import type { CallLog } from '../../training/log/call-log.ts';
import type { Example } from '../../training/example.ts';
import type { Cell } from '../cascade/cascade.ts';
import type { StatementScope } from '../evaluation/statement-scope.ts';
import type { ModelProvider, ModelTask } from '../models/model-provider.ts';
import type { ModelProviders } from '../models/model-providers.ts';
import type { CascadeCall, CellExamples } from './cascade-runner.ts';
import type { JsonSchemas } from './json-schemas.ts';
import type { WardAdvice } from './ward-advice.ts';
import type { ResolvedCells } from './resolved-cells.ts';
import type { FormattedExamples, PromptRenderer, PromptValues } from './render-prompt.ts';

export type FormatExamples = (format: string, examples: readonly Example[]) => FormattedExamples;

/** What a runner works with: made once, and lent to every run. */
export interface RunnerParts {
  readonly providers: Pick<ModelProviders, 'find'>;
  readonly log: CallLog;
  readonly formatExamples: FormatExamples;
  /** The configured `provider/model`. */
  readonly defaultModel: string;
  readonly prompts: PromptRenderer;
  readonly schemas: JsonSchemas;
  readonly cells: ResolvedCells;
  readonly advice: WardAdvice;
}

export interface ChosenModel {
  readonly provider: ModelProvider;
  readonly model: string;
}

/** One cell of one run of a cascade. */
export interface CellRun {
  readonly parts: RunnerParts;
  readonly call: CascadeCall;
  readonly cell: Cell;
  readonly examples: CellExamples;
  readonly values: PromptValues;
  readonly scope: StatementScope;
  readonly signal: AbortSignal;
  readonly runId: string;
  /** The call that the cell before ended with. */
  readonly parentTraceId: string | null;
}

/** The session's model, else the cell's, else the configured one. Throws SqlError for an unknown provider. */
export function modelOf({ parts, scope, cell }: Pick<CellRun, 'parts' | 'scope' | 'cell'>): ChosenModel {
  const choice = parseModelName(scope.settings.model ?? cell.model ?? parts.defaultModel);
  return { provider: parts.providers.find(choice.provider), model: choice.model };
}

export function taskOf({ call, cell, examples }: Pick<CellRun, 'call' | 'cell' | 'examples'>): ModelTask {
  const criterion = call.cascade.sqlFunction?.args.find((arg) => arg.role === 'criterion');
  return {
    cascadeId: call.cascade.cascadeId,
    cellName: cell.name,
    kind: cell.kind,
    inputs: call.inputs,
    ...(criterion === undefined ? {} : { criterionArg: criterion.name }),
    ...(cell.labels.length === 0 ? {} : { labels: cell.labels }),
    ...(cell.labelsFrom === undefined ? {} : { labelsArg: cell.labelsFrom }),
    ...(cell.local === undefined ? {} : { local: cell.local }),
    examples: examples.examples,
  };
}
