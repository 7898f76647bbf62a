import type { RunnerParts } from './cell-run.ts';
import { JsonSchemas } from './json-schemas.ts';
import { PromptRenderer } from './render-prompt.ts';
import { WardAdvice } from './ward-advice.ts';
import { ResolvedCells } from './resolved-cells.ts';

/** What a runner is given; the rest it makes for itself. */
export type OwnParts = Omit<RunnerParts, 'prompts' | 'schemas' | 'cells' | 'advice'>;

export function runnerParts(own: OwnParts): RunnerParts {
  return {
    ...own,
    prompts: new PromptRenderer(),
    schemas: new JsonSchemas(),
    cells: new ResolvedCells(),
    advice: new WardAdvice(),
  };
}
