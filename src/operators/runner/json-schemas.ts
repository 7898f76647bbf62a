import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { compileOutputSchema } from '../cascade/output-schema.ts';

/** JSON schemas, compiled once each. */
export class JsonSchemas {
  readonly #ajv = new Ajv();
  readonly #compiled = new WeakMap<object, ValidateFunction>();

  /** What is wrong with a value; null where nothing is. */
  problem(schema: Readonly<Record<string, unknown>>, value: unknown): string | null {
    const validate = this.#compiled.get(schema) ?? compileOutputSchema(schema);
    this.#compiled.set(schema, validate);
    return validate(value) ? null : this.#ajv.errorsText(validate.errors, { dataVar: 'answer' });
  }
}
