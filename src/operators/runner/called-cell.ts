import { SqlError } from '../../errors.ts';
import { canonicalInputs } from '../cascade/canonical-inputs.ts';
import type { CalledCascade } from '../cascade/cascade.ts';
import type { NestedRun } from '../evaluation/statement-scope.ts';
import type { CellRun } from './cell-run.ts';
import { renderFor } from './render-prompt.ts';
import { StrictTemplate } from './strict-template.ts';

/** `{{ input.x }}` alone is that value, whatever its type. */
const WHOLE = /^\{\{\s*(input|outputs)\.(\w+)\s*\}\}$/;

/** The answer of a cell that runs another cascade, with inputs that its templates give. Throws SqlError. */
export function calledCell(
  run: CellRun,
  { cascadeId, cascade, inputs }: CalledCascade,
): ReturnType<NestedRun> {
  const { nested } = run.scope;
  if (cascade === undefined || nested === undefined) {
    throw new SqlError('0A000', `cell ${run.cell.name} calls ${cascadeId}, which is not at hand here`);
  }
  const given = Object.entries(inputs).map(
    ([name, template]) => [name, calledInput(run.cell.name, template, run.values)] as const,
  );
  return nested(cascade, canonicalInputs(cascade, Object.fromEntries(given)), run.scope, run.signal);
}

/** What a template gives to an input of the called cascade. Throws SqlError where it reads what is not there. */
export function calledInput(cellName: string, template: unknown, values: CellRun['values']): unknown {
  if (typeof template !== 'string') return template;
  const [, root, name] = WHOLE.exec(template.trim()) ?? [];
  if (name === undefined) return renderFor(cellName, new StrictTemplate(template), values);
  return (root === 'input' ? values.input : values.outputs)[name];
}
