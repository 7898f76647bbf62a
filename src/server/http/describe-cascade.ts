import type { Cascade } from '../../operators/cascade/cascade.ts';
import type { CascadeCost } from './reads/cascade-costs.ts';
import type { CascadeDetail, CascadeSummary } from './schemas/operators.ts';

export function cascadeSummary(cascade: Cascade, cost: CascadeCost | undefined): CascadeSummary {
  const sql = cascade.sqlFunction;
  return {
    cascade_id: cascade.cascadeId,
    description: cascade.description,
    file: cascade.file,
    function: sql?.name ?? null,
    returns: sql?.returns ?? null,
    keywords: sql?.patterns.map(({ keyword }) => keyword) ?? [],
    cells: cascade.cells.map(({ name, kind, training }) => ({ name, kind, trains: training.useTraining })),
    tests: cascade.testCases.length,
    calls: cost?.calls ?? 0,
    errors: cost?.errors ?? 0,
    cost_usd: cost?.cost_usd ?? null,
    mean_ms: cost?.mean_ms ?? null,
  };
}

export function cascadeDetail(cascade: Cascade, cost: CascadeCost | undefined): CascadeDetail {
  const args = new Map(cascade.sqlFunction?.args.map((arg) => [arg.name, arg]));
  return {
    ...cascadeSummary(cascade, cost),
    source: cascade.source,
    inputs: cascade.inputs.map((name) => {
      const arg = args.get(name);
      return {
        name,
        type: arg?.type ?? 'VARCHAR',
        optional: arg?.optional ?? false,
        criterion: arg?.role === 'criterion',
      };
    }),
    test_cases: cascade.testCases.map(({ inputs, expect }) => ({ inputs: { ...inputs }, expect })),
  };
}
