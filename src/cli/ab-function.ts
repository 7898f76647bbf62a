import type { StatementScope } from '../operators/evaluation/statement-scope.ts';
import { measureCell } from '../operators/measuring/measure-cell.ts';
import type { FunctionRow, ServerFunction } from '../server/tables/server-function.ts';
import { virtualColumns } from '../server/tables/virtual-table.ts';
import { optional, optionalNumber, optionalText, required } from './function-parameters.ts';
import type { Core } from './open-core.ts';

/** `SELECT * FROM rvbbit_training_ab('semantic_matches', sample := 100, strategy_a := 'recent', …)` */
export function abFunction({ answers, training, registry, config }: Core): ServerFunction {
  return Object.freeze({
    name: 'rvbbit_training_ab',
    parameters: [
      required('cascade'),
      optional('cell'),
      optional('sample'),
      optional('strategy_a'),
      optional('strategy_b'),
    ],
    columns: virtualColumns([
      ['cascade_id', 'VARCHAR'],
      ['cell_name', 'VARCHAR'],
      ['arm_a', 'VARCHAR'],
      ['arm_b', 'VARCHAR'],
      ['verdict', 'VARCHAR'],
      ['n', 'BIGINT'],
      ['accuracy_a', 'DOUBLE'],
      ['accuracy_b', 'DOUBLE'],
      ['delta', 'DOUBLE'],
      ['delta_low', 'DOUBLE'],
      ['delta_high', 'DOUBLE'],
      ['only_b_right', 'BIGINT'],
      ['only_a_right', 'BIGINT'],
      ['mcnemar_mid_p', 'DOUBLE'],
      ['e_value', 'DOUBLE'],
      ['tokens_a', 'BIGINT'],
      ['tokens_b', 'BIGINT'],
      ['cost_usd_a', 'DOUBLE'],
      ['cost_usd_b', 'DOUBLE'],
      ['cost_usd_of_error_avoided', 'DOUBLE', 'null'],
      ['rows_changed', 'BIGINT'],
      ['changed', 'VARCHAR'],
      ['notes', 'VARCHAR'],
    ]),
    shape: 'table' as const,
    async call(
      { cascade, cell, sample, strategy_a: one, strategy_b: other }: FunctionRow,
      scope: StatementScope,
    ) {
      const parts = { answers, training, operators: registry.current(), concurrency: config.concurrency };
      const strategies = [one, other].filter((name) => typeof name === 'string');
      const request = {
        cascade: String(cascade),
        cell: optionalText(cell),
        sample: optionalNumber(sample),
        strategies,
      };
      const measured = await measureCell(parts, request, scope);
      const { spentA, spentB, interval, changed, notes } = measured;
      return [
        {
          cascade_id: measured.cascade,
          cell_name: measured.cell,
          arm_a: measured.armA,
          arm_b: measured.armB,
          verdict: measured.verdict,
          n: measured.n,
          accuracy_a: measured.accuracyA,
          accuracy_b: measured.accuracyB,
          delta: measured.delta,
          delta_low: interval[0],
          delta_high: interval[1],
          only_b_right: measured.wins,
          only_a_right: measured.losses,
          mcnemar_mid_p: measured.midP,
          e_value: measured.eValue,
          tokens_a: spentA.tokens,
          tokens_b: spentB.tokens,
          cost_usd_a: spentA.costUsd,
          cost_usd_b: spentB.costUsd,
          cost_usd_of_error_avoided: measured.costOfErrorAvoided,
          rows_changed: changed.length,
          changed: JSON.stringify(changed),
          notes: notes.join('\n'),
        },
      ];
    },
  });
}
