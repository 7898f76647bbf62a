import type { Example } from '../example.ts';

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** Examples as a prompt holds them: a block of text before the instructions, or turns of the chat. */
export interface FormattedExamples {
  readonly block: string | null;
  readonly turns: readonly Turn[];
}

/** A way to write examples; one file each, found by its name. Any text in an example can be read back from it. */
export interface Format {
  readonly name: string;
  write(examples: readonly Example[]): FormattedExamples;
}

/** What a parser of a format gives back: a lone text, or the inputs by name. */
export interface ParsedExample {
  readonly input: string | Readonly<Record<string, unknown>>;
  readonly output: string;
}
