import { SqlError, messageOf } from '../../errors.ts';
import type { Cell } from '../cascade/cascade.ts';
import type { ChatMessage } from '../models/model-provider.ts';
import { compilePrompt } from './compile-prompt.ts';
import type { CompiledPrompt } from './compile-prompt.ts';
import { StrictTemplate, UndefinedInTemplate } from './strict-template.ts';

export interface PromptValues {
  readonly input: Readonly<Record<string, unknown>>;
  /** Of the cells before, by name. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Examples as a format wrote them: a block for the instructions, or turns of a conversation, or both. */
export interface FormattedExamples {
  readonly block: string | null;
  readonly turns: readonly ChatMessage[];
}

export const NO_EXAMPLES: FormattedExamples = Object.freeze({ block: null, turns: Object.freeze([]) });

/**
 * Turns a cell's one template into messages that begin alike for all rows, for providers charge less for a prefix
 * they have seen. In this order:
 *
 *   system     the instructions up to the paragraph of the first value, the rule for the form of the answer, the
 *              block of examples
 *   user/assistant …   examples that a format gives as turns
 *   user       the paragraph of the first value and everything behind it
 *
 * The system message is left out where there is nothing to say in it. A template is compiled once a cell.
 */
export class PromptRenderer {
  readonly #compiled = new WeakMap<object, CompiledPrompt>();
  readonly #evaluators = new WeakMap<object, StrictTemplate>();

  /** Throws SqlError 42704 naming a variable without a value, 22023 for what a template cannot do. */
  messages(cell: Cell, values: PromptValues, examples: FormattedExamples): readonly ChatMessage[] {
    const prompt = this.compiled(cell);
    const system = [prompt.fixed, prompt.rule, examples.block].filter((part) => part !== null && part !== '');
    const row = renderFor(cell.name, prompt.row, values);
    return [
      ...(system.length === 0 ? [] : [{ role: 'system' as const, content: system.join('\n\n') }]),
      ...examples.turns,
      { role: 'user', content: row.trim() },
    ];
  }

  /** The question to the evaluator of a cell's takes. Throws as `messages` does. */
  evaluator(cell: Cell, template: string, values: PromptValues): string {
    const compiled = this.#evaluators.get(cell) ?? new StrictTemplate(template);
    this.#evaluators.set(cell, compiled);
    return renderFor(`${cell.name}, evaluator`, compiled, values).trim();
  }

  /** The halves of a cell's template, compiled. */
  compiled(cell: Cell): CompiledPrompt {
    const known = this.#compiled.get(cell) ?? compilePrompt(cell);
    this.#compiled.set(cell, known);
    return known;
  }
}

/** Throws as `messages` does. */
export function renderFor(name: string, template: StrictTemplate, values: PromptValues): string {
  try {
    return template.render({ input: values.input, outputs: values.outputs });
  } catch (error) {
    const code = error instanceof UndefinedInTemplate ? '42704' : '22023';
    throw new SqlError(code, `prompt of cell "${name}": ${messageOf(error)}`, { cause: error });
  }
}
