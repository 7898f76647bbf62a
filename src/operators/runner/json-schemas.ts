import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';

const OPTIONS = Object.freeze({ strict: false, allErrors: true });

/** JSON schemas, compiled once each. */
export class JsonSchemas {
  readonly #compiled = new WeakMap<object, ValidateFunction>();

  /** What is wrong with a value; null where nothing is. */
  problem(schema: Readonly<Record<string, unknown>>, value: unknown): string | null {
    const validate = this.#compile(schema);
    if (validate(value)) return null;
    return new Ajv(OPTIONS).errorsText(validate.errors, { dataVar: 'answer' });
  }

  /** An Ajv of its own for each: two versions of one cascade may use the same $id. */
  #compile(schema: Readonly<Record<string, unknown>>): ValidateFunction {
    const known = this.#compiled.get(schema);
    if (known !== undefined) return known;
    const validate = new Ajv(OPTIONS).compile(schema);
    this.#compiled.set(schema, validate);
    return validate;
  }
}
