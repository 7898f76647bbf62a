import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja';

/**
 * The parts of @huggingface/jinja that are used, with their types: its declarations import one another without
 * extensions, which NodeNext does not resolve.
 */
export interface TemplateNode {
  readonly type: string;
  readonly [part: string]: unknown;
}

export interface TemplateEnvironment {
  set(name: string, value: unknown): unknown;
}

export interface TemplateInterpreter {
  run(program: TemplateNode): { toString(): string };
  evaluate(node: unknown, environment: TemplateEnvironment): { readonly type: string };
}

export const JinjaEnvironment: new () => TemplateEnvironment = Environment;
export const JinjaInterpreter: new (environment: TemplateEnvironment) => TemplateInterpreter = Interpreter;

/** Throws SyntaxError. White space around statements goes as in chat templates: trim_blocks and lstrip_blocks. */
export function parseTemplate(text: string): TemplateNode {
  const program: TemplateNode = parse(tokenize(text, { lstrip_blocks: true, trim_blocks: true }));
  return program;
}

export function isTemplateNode(value: unknown): value is TemplateNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
