import type { TemplateEnvironment, TemplateNode } from '../cascade/jinja.ts';
import { JinjaEnvironment, JinjaInterpreter, isTemplateNode, parseTemplate } from '../cascade/jinja.ts';

/** A name that a template reads and that has no value. */
export class UndefinedInTemplate extends Error {
  override readonly name = 'UndefinedInTemplate';
}

/**
 * A Jinja template, compiled once. Values are data: what stands in them is never evaluated. Templates reach no files,
 * no clock and no code. A name without a value throws UndefinedInTemplate, unless `default` or `is defined` asks.
 */
export class StrictTemplate {
  readonly #program: TemplateNode;
  readonly #forgiven = new WeakSet<object>();

  /** Throws SyntaxError. */
  constructor(text: string) {
    this.#program = parseTemplate(text);
    forgive(this.#program, this.#forgiven);
  }

  render(values: Readonly<Record<string, unknown>>): string {
    const environment = new JinjaEnvironment();
    for (const [name, value] of Object.entries({ ...CONSTANTS, ...values })) environment.set(name, value);
    return new StrictInterpreter(environment, this.#forgiven).run(this.#program).toString();
  }
}

const CONSTANTS = Object.freeze({
  true: true,
  false: false,
  none: null,
  True: true,
  False: false,
  None: null,
});
const ASKING = new Set(['default', 'd', 'defined', 'undefined']);

class StrictInterpreter extends JinjaInterpreter {
  constructor(
    environment: TemplateEnvironment,
    private readonly forgiven: WeakSet<object>,
  ) {
    super(environment);
  }

  override evaluate(node: unknown, environment: TemplateEnvironment): { readonly type: string } {
    const value = super.evaluate(node, environment);
    if (value.type === 'UndefinedValue' && isTemplateNode(node) && !this.forgiven.has(node) && reads(node)) {
      throw new UndefinedInTemplate(`${nameOf(node)} is undefined`);
    }
    return value;
  }
}

function reads(node: TemplateNode): boolean {
  return node.type === 'Identifier' || node.type === 'MemberExpression';
}

/** Notes the operands of `default`, `is defined` and `is undefined` anywhere below a node. */
function forgive(value: unknown, forgiven: WeakSet<object>): void {
  if (Array.isArray(value)) return value.forEach((item) => forgive(item, forgiven));
  if (value instanceof Map) return forgive([...value.keys(), ...value.values()], forgiven);
  if (!isTemplateNode(value)) return;
  if (isTemplateNode(value.operand) && ASKING.has(askedBy(value))) forgiven.add(value.operand);
  for (const part of Object.values(value)) forgive(part, forgiven);
}

function askedBy(node: TemplateNode): string {
  const by = node.type === 'TestExpression' ? node.test : node.filter;
  if (!isTemplateNode(by)) return '';
  return String(isTemplateNode(by.callee) ? by.callee.value : by.value);
}

function nameOf(node: unknown): string {
  if (!isTemplateNode(node)) return '?';
  if (node.type !== 'MemberExpression') return String(node.value ?? node.type);
  const property = nameOf(node.property);
  return node.computed === true
    ? `${nameOf(node.object)}[${property}]`
    : `${nameOf(node.object)}.${property}`;
}
