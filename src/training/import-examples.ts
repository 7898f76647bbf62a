import { randomUUID } from 'node:crypto';
import { SqlError, messageOf } from '../errors.ts';
import type { Mark } from './annotation.ts';
import type { CallRecord } from './log/call-record.ts';
import { HUMAN_CALL } from './log/human-call.ts';
import type { TrainingSystem } from './training-system.ts';
import type { CellIdentity } from './training.ts';

export interface ImportParts {
  readonly training: TrainingSystem;
  /** The cell as it is now. Throws SqlError 42704 where none is loaded. */
  identityOf(cascadeId: string, cellName: string): CellIdentity;
}

interface ImportedLine {
  readonly record: CallRecord;
  readonly mark: Mark;
}

/**
 * Takes marked examples from lines of JSON, each with `cascade_id`, `cell_name`, `inputs` and `output`; what else
 * `export --format jsonl` writes may be there. All lines or none are taken: each is a row of the log then, of no model,
 * with its mark. A line whose trace id the log has already is marked only. Gives the number of lines. Throws SqlError
 * that names the line.
 */
export async function importExamples(parts: ImportParts, lines: readonly string[]): Promise<number> {
  const { training } = parts;
  const read = lines.flatMap((line, at) => (line.trim() === '' ? [] : [readLine(parts, line, at + 1)]));
  const known = await knownTraces(training, read);
  for (const { record } of read) if (!known.has(record.traceId)) training.log.append(record);
  await training.annotations.mark(
    read.map(({ mark }) => mark),
    { by: 'import', source: 'human' },
  );
  return read.length;
}

async function knownTraces(
  training: TrainingSystem,
  read: readonly ImportedLine[],
): Promise<ReadonlySet<string>> {
  await training.log.flush();
  const rows = await training.store.query<{ trace_id: string }>(
    'tables',
    'SELECT DISTINCT trace_id FROM rvbbit.unified_logs WHERE trace_id IN {ids:Array(String)}',
    { ids: read.map(({ record }) => record.traceId) },
  );
  return new Set(rows.map((row) => row.trace_id));
}

function readLine(parts: ImportParts, line: string, number: number): ImportedLine {
  const fields = fieldsOf(line, number);
  const cell = parts.identityOf(text(fields, 'cascade_id', number), text(fields, 'cell_name', number));
  const { inputs } = fields;
  if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs))
    throw invalid(number, '"inputs" is no object');
  const said = text(fields, 'output', number);
  const output = cell.outputs === undefined ? said : cell.outputs.canonical(said);
  if (output === null)
    throw invalid(number, `the cell ${cell.cascadeId}.${cell.cellName} cannot give ${JSON.stringify(said)}`);
  const traceId =
    typeof fields.trace_id === 'string' && fields.trace_id !== '' ? fields.trace_id : randomUUID();
  return {
    record: recordOf(cell, traceId, sortedJson(inputs), output),
    mark: markOf(fields, traceId, output, number),
  };
}

function fieldsOf(line: string, number: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    throw invalid(number, messageOf(error));
  }
  throw invalid(number, 'it is no JSON object');
}

function text(fields: Readonly<Record<string, unknown>>, name: string, number: number): string {
  const value = fields[name];
  if (typeof value === 'string') return value;
  if (name === 'output' && value !== undefined && value !== null) return JSON.stringify(value);
  throw invalid(number, `"${name}" is no text`);
}

function markOf(
  fields: Readonly<Record<string, unknown>>,
  traceId: string,
  output: string,
  number: number,
): Mark {
  const { confidence = 1, verified = false, notes = '', tags = [], source = 'human' } = fields;
  const isMark =
    typeof confidence === 'number' &&
    typeof verified === 'boolean' &&
    typeof notes === 'string' &&
    typeof source === 'string' &&
    Array.isArray(tags);
  if (!isMark) throw invalid(number, 'confidence, verified, notes, tags or source is of another type');
  return {
    traceId,
    trainable: true,
    confidence,
    verified,
    notes,
    tags: tags.map(String),
    source,
    correction: output,
  };
}

/** Names sorted at any depth, as the log spells inputs. */
function sortedJson(inputs: object): string {
  return JSON.stringify(inputs, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function recordOf(cell: CellIdentity, traceId: string, inputs: string, output: string): CallRecord {
  return {
    traceId,
    timestampUs: BigInt(Date.now()) * 1000n,
    sessionId: 'import',
    statementId: '',
    runId: traceId,
    parentTraceId: null,
    caller: 'cli',
    cascadeId: cell.cascadeId,
    cellName: cell.cellName,
    fingerprint: cell.fingerprint,
    inputs,
    output,
    answerKey: '',
    answer: '',
    provider: 'import',
    ...HUMAN_CALL,
  };
}

function invalid(number: number, problem: string): SqlError {
  return new SqlError('22P02', `line ${number}: ${problem}`, { detail: 'Nothing was imported.' });
}
