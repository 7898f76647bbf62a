import { SqlError, messageOf } from '../../errors.ts';
import { canonicalValue } from './canonical-json.ts';
import type { Cascade } from './cascade.ts';
import { suggestion } from './nearest.ts';

/**
 * The declared inputs of a cascade, each present, keys sorted, values as JSON has them: what the log holds, what the
 * answer key covers and what templates see. An optional argument that was left out takes its default.
 * Throws SqlError 22023 for an input that is unknown, missing or no JSON.
 */
export function canonicalInputs(
  cascade: Cascade,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  refuseUnknown(cascade, Object.keys(given));
  const entries = [...cascade.inputs]
    .sort()
    .map((name): [string, unknown] => [
      name,
      jsonOf(cascade, name, given[name] ?? fallback(cascade, name, given)),
    ]);
  return Object.freeze(Object.fromEntries(entries));
}

function refuseUnknown(cascade: Cascade, names: readonly string[]): void {
  const unknown = names.find((name) => !cascade.inputs.includes(name));
  if (unknown === undefined) return;
  throw new SqlError('22023', `cascade ${cascade.cascadeId} has no input "${unknown}"`, {
    hint: suggestion(unknown, cascade.inputs),
  });
}

function fallback(cascade: Cascade, name: string, given: Readonly<Record<string, unknown>>): unknown {
  const argument = cascade.sqlFunction?.args.find((arg) => arg.name === name);
  if (argument?.optional === true) return argument.default;
  if (Object.hasOwn(given, name) && given[name] === null) return null;
  throw new SqlError('22023', `cascade ${cascade.cascadeId} needs the input "${name}"`, {
    hint: `Give all of: ${cascade.inputs.join(', ')}.`,
  });
}

function jsonOf(cascade: Cascade, name: string, value: unknown): unknown {
  try {
    return canonicalValue(value);
  } catch (error) {
    throw new SqlError('22023', `input "${name}" of cascade ${cascade.cascadeId}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
