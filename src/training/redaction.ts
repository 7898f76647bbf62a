import { StartupError, messageOf } from '../errors.ts';
import type { Example } from './example.ts';

/** A kind of text that must not leave the log. */
export interface RedactionRule {
  /** Stands in brackets for what it replaces. */
  readonly name: string;
  readonly pattern: RegExp;
}

const EMAIL: RedactionRule = Object.freeze({
  name: 'email',
  pattern: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu,
});

/** Seven to fifteen digits as people write telephone numbers: with +, brackets, spaces, points or hyphens. */
const PHONE: RedactionRule = Object.freeze({
  name: 'phone',
  pattern:
    /(?<![\p{L}\p{N}.])(?:\+|00|\(0?|0(?=[1-9 ]))\d(?:[ ()./-]{0,2}\d){6,13}(?![\p{L}\p{N}])|(?<![\p{L}\p{N}.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\p{L}\p{N}])/gu,
});

const BUILT_IN: readonly RedactionRule[] = Object.freeze([EMAIL, PHONE]);

/** Replaces texts by the names of the rules they fall under: in prompts, exports and embeddings; never in the log. */
export class Redaction {
  readonly #rules: readonly RedactionRule[];

  constructor(rules: readonly RedactionRule[]) {
    this.#rules = rules;
  }

  /** `names` are `email`, `phone` or regular expressions. Throws StartupError for an expression that is none. */
  static of(names: readonly string[]): Redaction {
    return new Redaction(names.map(ruleOf));
  }

  text(text: string): string {
    return this.#rules.reduce((rest, { name, pattern }) => rest.replaceAll(pattern, `[${name}]`), text);
  }

  /** Texts within a value, at any depth; names of fields stay. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.value(item)]));
  }

  /** null where nothing but redactions is left of the inputs or the output. */
  example<T extends Example>(example: T): T | null {
    if (this.#rules.length === 0) return example;
    const inputs = Object.freeze(this.value(example.inputs) as Record<string, unknown>);
    const output = this.text(example.output);
    const texts = Object.values(inputs).filter((value) => typeof value === 'string');
    const gone =
      texts.some((text) => text !== '' && this.#isGone(text)) || (output !== '' && this.#isGone(output));
    return gone ? null : Object.freeze({ ...example, inputs, output });
  }

  #isGone(text: string): boolean {
    const left = this.#rules.reduce((rest, { name }) => rest.replaceAll(`[${name}]`, ''), text);
    return left !== text && left.trim() === '';
  }
}

export const NO_REDACTION = new Redaction([]);

function ruleOf(name: string): RedactionRule {
  const known = BUILT_IN.find((rule) => rule.name === name);
  if (known !== undefined) return known;
  try {
    return { name: 'redacted', pattern: new RegExp(name, 'gu') };
  } catch (error) {
    throw new StartupError(
      `the redaction rule ${JSON.stringify(name)} is no regular expression: ${messageOf(error)}`,
      'Rules are email, phone, or a regular expression.',
    );
  }
}
