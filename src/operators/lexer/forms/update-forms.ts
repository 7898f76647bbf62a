import { assignmentsOf, type Assignment } from './assignments.ts';
import { callsSemantic, evaluated, isDefault } from './expressions.ts';
import { withCtes, type FormContext } from './form-context.ts';
import { refusedReturning } from './refused-returning.ts';
import type { Span } from './span.ts';
import { readTarget, type Target } from './target.ts';

interface UpdateStatement {
  readonly target: Target;
  readonly assignments: readonly Assignment[];
  /** `FROM … WHERE …` of a query over the rows to change. */
  readonly rows: string;
  /** Whether anything but the table itself is looked at. */
  readonly restricted: boolean;
  readonly returning: Span;
}

/** The values and conditions over the rows to change; what RETURNING evaluates over them as changed. */
export function updateForms(context: FormContext): readonly string[] {
  const update = readUpdate(context.statement);
  return [...valueForms(context, update), ...returningForms(context, update)];
}

function readUpdate(statement: Span): UpdateStatement {
  const target = readTarget(statement, 1, true);
  const set = statement.findWord(target.end, 'SET');
  const returning = statement.findWord(set, 'RETURNING');
  const where = Math.min(statement.findWord(set, 'WHERE'), returning);
  const from = Math.min(statement.findWord(set, 'FROM'), where);
  const others = from < where ? `, ${statement.slice(from + 1, where).text}` : '';
  const condition = where < returning ? ` ${statement.slice(where, returning).text}` : '';
  return {
    target,
    assignments: assignmentsOf(statement.slice(set + 1, from)),
    rows: `FROM ${target.from}${others}${condition}`,
    restricted: from < returning,
    returning: statement.slice(returning + 1),
  };
}

function valueForms(
  context: FormContext,
  { assignments, rows, restricted }: UpdateStatement,
): readonly string[] {
  const values = evaluated(assignments.map(({ value }) => value));
  if (values.length === 0 && !restricted) return [];
  return [withCtes(context, `SELECT ${values.length === 0 ? '1' : values.join(', ')} ${rows}`)];
}

function returningForms(context: FormContext, update: UpdateStatement): readonly string[] {
  const { target, assignments, rows, returning } = update;
  if (!callsSemantic(returning, context.operators)) return [];
  if (assignments.some(({ column, value }) => column.startsWith('(') || isDefault(value))) {
    throw refusedReturning('DEFAULT or the assignment of a whole row');
  }
  const changes = assignments.map(({ column, value }) => `${value.text} AS ${column}`).join(', ');
  const changed = `SELECT ${target.name}.* REPLACE (${changes}) ${rows}`;
  return [withCtes(context, `SELECT ${returning.text} FROM (${changed}) AS ${target.name}`)];
}
