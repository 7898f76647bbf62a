import type { Cell } from '../cascade/cascade.ts';
import { answerRule } from './answer-rule.ts';
import { splitInstructions } from './split-instructions.ts';
import { StrictTemplate } from './strict-template.ts';

export interface CompiledPrompt {
  /** What every row of the cell begins with. */
  readonly fixed: string;
  /** The template of what differs from row to row. */
  readonly rowTemplate: string;
  readonly row: StrictTemplate;
  readonly rule: string | null;
}

export function compilePrompt(cell: Cell): CompiledPrompt {
  const { fixed, row } = splitInstructions(cell.instructions);
  return Object.freeze({
    fixed: new StrictTemplate(fixed).render({}).trim(),
    rowTemplate: row,
    row: new StrictTemplate(row),
    rule: answerRule(cell),
  });
}
