import { SqlError } from '../errors.ts';
import { explanationText } from '../operators/measuring/explanation-text.ts';
import { measureCell } from '../operators/measuring/measure-cell.ts';
import type { FunctionRow, ServerFunction } from '../server/tables/server-function.ts';
import { virtualColumns } from '../server/tables/virtual-table.ts';
import { commandScope } from './command-scope.ts';
import type { Core } from './open-core.ts';

/** What SQL may ask about training. */
export function trainingFunctions(core: Core): readonly ServerFunction[] {
  return Object.freeze([explainFunction(core), abFunction(core)]);
}

/** `SELECT rvbbit_explain_training('semantic_matches', 'evaluate', {'text': …, 'criterion': …})` */
function explainFunction({ training, registry }: Core): ServerFunction {
  return Object.freeze({
    name: 'rvbbit_explain_training',
    parameters: [required('cascade'), required('cell'), required('inputs')],
    columns: virtualColumns([['value', 'VARCHAR']]),
    shape: 'scalar' as const,
    async call({ cascade, cell, inputs }: FunctionRow) {
      const parts = { training, operators: registry.current() };
      await training.log.flush();
      return [{ value: await explanationText(parts, String(cascade), String(cell), objectOf(inputs)) }];
    },
  });
}

/** `SELECT * FROM rvbbit_training_ab('semantic_matches', sample := 100, strategy_a := 'recent', …)` */
function abFunction({ answers, training, registry, config, logger }: Core): ServerFunction {
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
    async call({ cascade, cell, sample, strategy_a: one, strategy_b: other }: FunctionRow) {
      const parts = { answers, training, operators: registry.current(), concurrency: config.concurrency };
      const strategies = [one, other].filter((name) => typeof name === 'string');
      const request = {
        cascade: String(cascade),
        cell: cell === null ? undefined : String(cell),
        sample: sample === null ? undefined : Number(sample),
        strategies,
      };
      const measured = await measureCell(parts, request, { ...commandScope(logger), caller: 'sql' });
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

function required(name: string) {
  return { name, initial: null };
}

function optional(name: string) {
  return { name, initial: 'NULL' };
}

/** A struct arrives as an object, a JSON text as itself. */
function objectOf(inputs: unknown): Readonly<Record<string, unknown>> {
  const value: unknown = typeof inputs === 'string' ? parsed(inputs) : inputs;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new SqlError('22023', 'the inputs are no object', {
    hint: "Write them as {'text': …, 'criterion': …}.",
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SqlError('22P02', 'the inputs are no JSON', { cause: error });
  }
}
