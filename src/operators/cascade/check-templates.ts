import { messageOf } from '../../errors.ts';
import type { Cell } from './cascade.ts';
import { suggestion } from './nearest.ts';
import type { TemplateReferences } from './template-references.ts';
import { templateReferences } from './template-references.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

interface PlacedTemplate {
  readonly path: YamlPath;
  readonly references: TemplateReferences;
  /** Cells whose outputs exist when the template is rendered. */
  readonly earlier: readonly string[];
}

/**
 * Checks that each template parses and reads only inputs that are declared and outputs of earlier cells.
 * `declared` is null where the file declares none: then the templates do. Gives the cascade's inputs.
 */
export function checkTemplates(
  cells: readonly Cell[],
  declared: readonly string[] | null,
  source: YamlSource,
): readonly string[] {
  const templates = cells.flatMap((cell, index) => templatesOf(cells, cell, index, source));
  const inputs = declared ?? [...new Set(templates.flatMap((template) => template.references.inputs))];
  for (const template of templates) checkTemplate(template, inputs, source);
  return inputs;
}

function templatesOf(
  cells: readonly Cell[],
  cell: Cell,
  index: number,
  source: YamlSource,
): PlacedTemplate[] {
  const earlier = cells.slice(0, index).map((other) => other.name);
  const path = ['cells', index];
  const own = place(cell.instructions, [...path, 'instructions'], earlier, source);
  const given = Object.entries(cell.calls?.inputs ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [place(value, [...path, 'inputs', name], earlier, source)] : [],
  );
  const evaluator = cell.takes?.evaluator ?? null;
  if (evaluator === null) return [own, ...given];
  return [own, place(evaluator, [...path, 'takes', 'evaluator'], earlier, source)];
}

function place(text: string, path: YamlPath, earlier: readonly string[], source: YamlSource): PlacedTemplate {
  try {
    return { path, references: templateReferences(text), earlier };
  } catch (error) {
    return source.fail(path, `the template does not parse: ${messageOf(error)}`);
  }
}

function checkTemplate(template: PlacedTemplate, inputs: readonly string[], source: YamlSource): void {
  const { references, earlier, path } = template;
  const input = references.inputs.find((name) => !inputs.includes(name));
  if (input !== undefined) {
    source.fail(path, `{{ input.${input} }} names no input of the cascade. ${suggestion(input, inputs)}`);
  }
  const output = references.outputs.find((name) => !earlier.includes(name));
  if (output !== undefined) {
    source.fail(path, `{{ outputs.${output} }} names no earlier cell. ${suggestion(output, earlier)}`);
  }
  const unbound = references.unbound[0];
  if (unbound !== undefined) {
    source.fail(
      path,
      `{{ ${unbound} }} is unknown in a template. Inputs are read as {{ input.${unbound} }}.`,
    );
  }
}
