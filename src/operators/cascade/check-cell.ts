import { messageOf } from '../../errors.ts';
import type { CellYaml } from './cascade-schema.ts';
import type { Cell } from './cascade.ts';
import { compileOutputSchema } from './output-schema.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** Throws StartupError where keys of one cell contradict one another, or its schema is none. */
export function checkCell(yaml: CellYaml, cell: Cell, index: number, source: YamlSource): void {
  const path = ['cells', index];
  if (cell.kind === 'label' && cell.labels.length === 0 && cell.labelsFrom === undefined) {
    source.fail([...path, 'kind'], 'the kind label needs labels or labels_from');
  }
  if (yaml.retries !== undefined && yaml.max_retries !== undefined) {
    source.fail([...path, 'max_retries'], 'max_retries and retries say the same: keep one');
  }
  if ((cell.takes?.reduce === 'evaluator') !== (cell.takes !== null && cell.takes.evaluator !== null)) {
    source.fail([...path, 'takes'], '"reduce: evaluator" and the prompt "evaluator" go together in takes');
  }
  if (cell.takes?.reduce === 'median' && cell.kind !== 'score') {
    source.fail(
      [...path, 'takes'],
      `a median is of numbers, and the cell answers with ${cell.kind}: let it vote`,
    );
  }
  if (cell.batch !== null && cell.takes !== null) {
    source.fail([...path, 'batch'], 'batch and takes do not go together: a row in company is asked once');
  }
  if (cell.outputSchema !== null) checkOutputSchema(cell.outputSchema, [...path, 'output_schema'], source);
}

function checkOutputSchema(
  schema: Readonly<Record<string, unknown>>,
  path: YamlPath,
  source: YamlSource,
): void {
  try {
    compileOutputSchema(schema);
  } catch (error) {
    source.fail(path, `output_schema is no JSON schema: ${messageOf(error)}`);
  }
}
