import type { StatementScope } from '../operators/evaluation/statement-scope.ts';
import { SqlError } from '../errors.ts';
import { explanationText } from '../operators/measuring/explanation-text.ts';
import type { FunctionRow, ServerFunction } from '../server/tables/server-function.ts';
import { virtualColumns } from '../server/tables/virtual-table.ts';
import { abFunction } from './ab-function.ts';
import { optional, optionalNumber, optionalText, required } from './function-parameters.ts';
import type { Core } from './open-core.ts';
import { annotateCalls, exportLines, importLines, revalidateCells } from './training-actions.ts';

/** What SQL may ask about training, and have done: what the commands do while no server has the log. */
export function trainingFunctions(core: Core): readonly ServerFunction[] {
  return Object.freeze([
    explainFunction(core),
    abFunction(core),
    revalidateFunction(core),
    annotateFunction(core),
    exportFunction(core),
    importFunction(core),
  ]);
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

/** `SELECT * FROM rvbbit_training_revalidate('semantic_matches')`; of all cascades where none is named. */
function revalidateFunction(core: Core): ServerFunction {
  return Object.freeze({
    name: 'rvbbit_training_revalidate',
    parameters: [optional('cascade')],
    columns: virtualColumns([
      ['cascade_id', 'VARCHAR'],
      ['cell_name', 'VARCHAR'],
      ['restored', 'BIGINT'],
      ['refused', 'BIGINT'],
      ['refused_traces', 'VARCHAR[]'],
    ]),
    shape: 'table' as const,
    async call({ cascade }: FunctionRow) {
      const cells = await revalidateCells(core, optionalText(cascade));
      return cells.map(({ cascadeId, cellName, restored, refused }) => ({
        cascade_id: cascadeId,
        cell_name: cellName,
        restored,
        refused: refused.length,
        refused_traces: refused,
      }));
    },
  });
}

/** `SELECT * FROM rvbbit_training_annotate('semantic_matches', judge := 'judge_answer', max_calls := 100)` */
function annotateFunction(core: Core): ServerFunction {
  return Object.freeze({
    name: 'rvbbit_training_annotate',
    parameters: [
      required('cascade'),
      optional('cell'),
      optional('judge'),
      optional('samples'),
      { name: 'max_calls', initial: '100' },
      { name: 'min_confidence', initial: '0.8' },
    ],
    columns: virtualColumns([
      ['marked', 'BIGINT'],
      ['trainable', 'BIGINT'],
      ['calibrated', 'BOOLEAN'],
    ]),
    shape: 'table' as const,
    async call(args: FunctionRow, scope: StatementScope) {
      const request = {
        cascade: String(args.cascade),
        cell: optionalText(args.cell),
        judge: optionalText(args.judge),
        samples: optionalNumber(args.samples),
        limit: Number(args.max_calls),
        minConfidence: Number(args.min_confidence),
      };
      return [{ ...(await annotateCalls(core, request, scope)) }];
    },
  });
}

/** `COPY (SELECT line FROM rvbbit_training_export('jsonl')) TO STDOUT` */
function exportFunction(core: Core): ServerFunction {
  return Object.freeze({
    name: 'rvbbit_training_export',
    parameters: [required('format'), optional('cascade'), optional('cell')],
    columns: virtualColumns([['line', 'VARCHAR']]),
    shape: 'table' as const,
    async call({ format, cascade, cell }: FunctionRow) {
      const request = {
        format: String(format),
        cascadeId: optionalText(cascade),
        cellName: optionalText(cell),
      };
      return (await exportLines(core, request)).map((line) => ({ line }));
    },
  });
}

/** `SELECT rvbbit_training_import('{"cascade_id": …}')`: lines as the export writes them; gives their number. */
function importFunction(core: Core): ServerFunction {
  return Object.freeze({
    name: 'rvbbit_training_import',
    parameters: [required('lines')],
    columns: virtualColumns([['value', 'BIGINT']]),
    shape: 'scalar' as const,
    call: async ({ lines }: FunctionRow) => [{ value: await importLines(core, String(lines).split('\n')) }],
  });
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
