import type { TemplateNode } from './jinja.ts';
import { isTemplateNode, parseTemplate } from './jinja.ts';

export interface TemplateReferences {
  /** Names read as `input.name`. */
  readonly inputs: readonly string[];
  /** Names read as `outputs.name`. */
  readonly outputs: readonly string[];
  /** Names that nothing binds: neither `input`, `outputs`, a loop, a set nor a macro. */
  readonly unbound: readonly string[];
}

const ALWAYS_BOUND = ['input', 'outputs', 'loop', 'caller', 'varargs', 'kwargs', 'namespace'];
const CONSTANTS = ['true', 'false', 'none', 'True', 'False', 'None'];

/** What a Jinja template reads. Throws SyntaxError where it does not parse. */
export function templateReferences(template: string): TemplateReferences {
  const found = new ReferenceWalk();
  found.walk(parseTemplate(template));
  return found.result();
}

class ReferenceWalk {
  readonly #read = { input: new Set<string>(), outputs: new Set<string>() };
  readonly #names = new Set<string>();
  readonly #bound = new Set<string>([...ALWAYS_BOUND, ...CONSTANTS]);

  result(): TemplateReferences {
    return {
      inputs: [...this.#read.input],
      outputs: [...this.#read.outputs],
      unbound: [...this.#names].filter((name) => !this.#bound.has(name)),
    };
  }

  walk(value: unknown): void {
    if (Array.isArray(value)) return value.forEach((item) => this.walk(item));
    if (value instanceof Map) return this.walk([...value.keys(), ...value.values()]);
    if (!isTemplateNode(value)) return;
    this.#bind(value);
    for (const part of this.#expressionsOf(value)) this.walk(part);
  }

  /** The parts of a node that are evaluated: names of filters, tests, properties and operators are not. */
  #expressionsOf(node: TemplateNode): readonly unknown[] {
    switch (node.type) {
      case 'Identifier':
        this.#names.add(String(node.value));
        return [];
      case 'MemberExpression':
        this.#member(node);
        return node.computed === true ? [node.object, node.property] : [node.object];
      case 'FilterExpression':
      case 'FilterStatement':
        return [node.operand, node.body, isTemplateNode(node.filter) ? node.filter.args : null];
      case 'TestExpression':
        return [node.operand];
      case 'SelectExpression':
        return [node.lhs, node.test];
      case 'KeywordArgumentExpression':
        return [node.value];
      default:
        return Object.entries(node).flatMap(([part, value]) => (part === 'operator' ? [] : [value]));
    }
  }

  #member(node: TemplateNode): void {
    if (!isTemplateNode(node.object) || node.object.type !== 'Identifier' || !isTemplateNode(node.property))
      return;
    const root = node.object.value;
    const literal = node.computed !== true || node.property.type === 'StringLiteral';
    if (literal && (root === 'input' || root === 'outputs'))
      this.#read[root].add(String(node.property.value));
  }

  #bind(node: TemplateNode): void {
    if (node.type === 'For') this.#bindTarget(node.loopvar);
    if (node.type === 'Set') this.#bindTarget(node.assignee);
    if (node.type === 'Macro') this.#bindTarget([node.name, node.args]);
    if (node.type === 'CallStatement') this.#bindTarget(node.callerArgs);
  }

  #bindTarget(target: unknown): void {
    if (Array.isArray(target)) return target.forEach((item) => this.#bindTarget(item));
    if (!isTemplateNode(target)) return;
    if (target.type === 'Identifier') this.#bound.add(String(target.value));
    if (target.type === 'TupleLiteral') this.#bindTarget(target.value);
    if (target.type === 'KeywordArgumentExpression') this.#bindTarget(target.key);
  }
}
