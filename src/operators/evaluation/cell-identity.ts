import type { CellIdentity, OutputRule } from '../../training/training.ts';
import type { Cascade, Cell } from '../cascade/cascade.ts';
import { JsonSchemas } from '../runner/json-schemas.ts';
import { parseOutput } from '../runner/parse-output.ts';

/** A cell as the training room knows it. */
export function cellIdentity(cascade: Cascade, cell: Cell): CellIdentity {
  return Object.freeze({
    cascadeId: cascade.cascadeId,
    cellName: cell.name,
    fingerprint: cell.fingerprint,
    criterionArg: cascade.sqlFunction?.args.find((arg) => arg.role === 'criterion')?.name ?? null,
    outputs: outputRule(cell),
  });
}

function outputRule(cell: Cell): OutputRule {
  const schemas = new JsonSchemas();
  return Object.freeze({
    labels: cell.kind === 'boolean' || cell.kind === 'label',
    canonical(output: string) {
      const parsed = parseOutput(cell, { text: output, finish: 'stop' }, schemas);
      return parsed.ok ? parsed.text : null;
    },
  });
}
