import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';

/** Keywords and formats that would not be checked are errors, not ignored. */
const OPTIONS = Object.freeze({
  allErrors: true,
  strictSchema: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  logger: false,
} as const);

/** Throws Error where it is no JSON schema (draft 7). Each has an Ajv of its own: two may use one $id. */
export function compileOutputSchema(schema: Readonly<Record<string, unknown>>): ValidateFunction {
  return new Ajv(OPTIONS).compile(schema);
}
