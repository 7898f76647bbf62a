import { canonicalJson } from '../cascade/canonical-json.ts';
import { bareReply, parseJson } from './final-answer.ts';
import type { JsonSchemas } from './json-schemas.ts';
import type { ParsedOutput } from './parsed-output.ts';
import { invalid, valid } from './parsed-output.ts';

/** One JSON value, with or without words around an object or array; checked where there is a schema. */
export function parseJsonReply(
  text: string,
  schema: Readonly<Record<string, unknown>> | null,
  schemas: JsonSchemas,
): ParsedOutput {
  const reply = bareReply(text);
  const whole = parseJson(reply);
  const value = whole === undefined ? parseJson(within(reply)) : whole;
  if (value === undefined) return invalid('it is no JSON');
  const problem = schema === null ? null : schemas.problem(schema, value);
  return problem === null ? valid(value, canonicalJson(value)) : invalid(problem);
}

/** From the first opening bracket to the last closing one. */
function within(text: string): string {
  const from = text.search(/[[{]/);
  const to = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  return from < 0 ? '' : text.slice(from, to + 1);
}
