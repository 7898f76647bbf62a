import type { Cell } from '../../cascade/cascade.ts';
import type { ModelReply } from '../../models/model-provider.ts';
import type { JsonSchemas } from '../json-schemas.ts';
import { parseJsonReply } from '../parse-json.ts';
import { parseOutput } from '../parse-output.ts';
import type { ParsedOutput } from '../parsed-output.ts';
import { invalid } from '../parsed-output.ts';

type CellForm = Pick<Cell, 'kind' | 'labels' | 'outputSchema'>;

/** The answers in a reply to a packed prompt, one an id, each valid or with what is wrong with it. */
export function readPack(
  cell: CellForm,
  reply: Pick<ModelReply, 'text' | 'finish'>,
  ids: readonly string[],
  schemas: JsonSchemas,
): readonly ParsedOutput[] {
  const answers = answersIn(reply, schemas);
  if (typeof answers === 'string') return ids.map(() => invalid(answers));
  return ids.map((id) => readItem(cell, answers.get(id) ?? [], schemas));
}

/** Every answer that was given for an id; or what is wrong with the whole reply. */
function answersIn(
  reply: Pick<ModelReply, 'text' | 'finish'>,
  schemas: JsonSchemas,
): ReadonlyMap<string, readonly unknown[]> | string {
  if (reply.finish === 'length') return 'the reply was cut off at the limit of tokens';
  if (reply.finish === 'refusal') return 'the model declined to answer';
  const parsed = parseJsonReply(reply.text, null, schemas);
  const list = parsed.ok ? listIn(parsed.value) : undefined;
  if (list === undefined) return 'the reply holds no list of answers';
  const byId = new Map<string, readonly unknown[]>();
  for (const entry of list) {
    if (!isObject(entry) || typeof entry.id !== 'string') continue;
    byId.set(entry.id, [...(byId.get(entry.id) ?? []), entry.answer]);
  }
  return byId;
}

function listIn(value: unknown): readonly unknown[] | undefined {
  const list = isObject(value) ? value.answers : value;
  return Array.isArray(list) ? list : undefined;
}

function readItem(cell: CellForm, given: readonly unknown[], schemas: JsonSchemas): ParsedOutput {
  const [answer] = given;
  if (given.length > 1) return invalid('it was answered more than once');
  if (answer === undefined) return invalid('it was left out');
  const mustBeText = cell.kind === 'text' || cell.kind === 'label';
  if (mustBeText && typeof answer !== 'string') return invalid('its answer is no string');
  const text = typeof answer === 'string' && cell.kind !== 'json' ? answer : JSON.stringify(answer);
  return parseOutput(cell, { text, finish: 'stop' }, schemas);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
