import { canonicalJson } from '../../cascade/canonical-json.ts';
import type { Cell } from '../../cascade/cascade.ts';
import type { ChatMessage } from '../../models/model-provider.ts';
import type { FormattedExamples, PromptRenderer } from '../render-prompt.ts';
import { renderFor } from '../render-prompt.ts';
import { packIds } from './pack-ids.ts';
import { packRule } from './pack-rule.ts';

type Inputs = Readonly<Record<string, unknown>>;

export interface PackPrompt {
  /** Of the items, in their order. */
  readonly ids: readonly string[];
  /** The prompt up to the items. */
  readonly head: readonly ChatMessage[];
  readonly task: string;
  /** JSON objects, one an item. */
  readonly items: readonly string[];
}

const TAG = /\{\{([\s\S]*?)\}\}|\{[%#]/g;
const PLAIN_INPUT = /^-?\s*input\.\w+\s*-?$/;
const INPUT = /\binput\b(?:\.(\w+))?/g;

/**
 * A prompt for several rows of one cell: instructions, rule and examples as for one row, then the paragraph of the
 * row once, with a mark where the items differ, then the items as JSON. Texts stand in JSON strings and ids are
 * random, so that no text can end its item or speak for another. Where the template does more with a value that
 * differs than to print it, each item carries its own rendered paragraph instead.
 */
export function packPrompt(
  prompts: PromptRenderer,
  cell: Cell,
  rows: readonly Inputs[],
  examples: FormattedExamples,
): PackPrompt {
  const { fixed, rowTemplate, row } = prompts.compiled(cell);
  const differing = differingInputs(rows);
  const shared = printsOnly(rowTemplate, differing);
  const bodies = shared
    ? rows.map((inputs) => Object.fromEntries(differing.map((name) => [name, inputs[name] ?? null])))
    : rows.map((input) => ({ task: renderFor(cell.name, row, { input, outputs: {} }).trim() }));
  const marked = shared
    ? renderFor(cell.name, row, { input: marks(rows[0] ?? {}, differing), outputs: {} })
    : '';
  const ids = packIds(rows.length, JSON.stringify([bodies, marked]));
  const system = [fixed, packRule(cell), examples.block, turnsBlock(examples.turns)];
  return {
    ids,
    head: [{ role: 'system', content: system.filter((part) => part !== null && part !== '').join('\n\n') }],
    task: marked.trim(),
    items: bodies.map((body, at) => JSON.stringify({ id: ids[at], ...body })),
  };
}

/** The messages that ask for these items; all of them, or the one that a row of the log is about. */
export function packMessages(prompt: PackPrompt, items: readonly string[]): readonly ChatMessage[] {
  const task = prompt.task === '' ? [] : [`For each item:\n\n${prompt.task}`];
  const content = [...task, `Items:\n[${items.join(',\n')}]`].join('\n\n');
  return [...prompt.head, { role: 'user', content }];
}

function differingInputs(rows: readonly Inputs[]): readonly string[] {
  const [first] = rows;
  return Object.keys(first ?? {}).filter((name) => {
    const value = canonicalJson(first?.[name] ?? null);
    return rows.some((row) => canonicalJson(row[name] ?? null) !== value);
  });
}

/** Whether a template does nothing with these inputs but print them. */
function printsOnly(template: string, names: readonly string[]): boolean {
  return [...template.matchAll(TAG)].every(([, expression]) => {
    if (expression === undefined) return false;
    return PLAIN_INPUT.test(expression.trim()) || !reads(expression, names);
  });
}

/** Whether an expression may read one of these inputs. */
function reads(expression: string, names: readonly string[]): boolean {
  return [...expression.matchAll(INPUT)].some(([, name]) => name === undefined || names.includes(name));
}

function marks(inputs: Inputs, names: readonly string[]): Inputs {
  return { ...inputs, ...Object.fromEntries(names.map((name) => [name, `[${name} of the item]`])) };
}

/** Examples that a format gives as turns of a talk about one row. */
function turnsBlock(turns: readonly ChatMessage[]): string | null {
  if (turns.length === 0) return null;
  const told = turns.map(({ role, content }) => `${role === 'user' ? 'Given' : 'Answer'}: ${content}`);
  return `Examples of single items:\n\n${told.join('\n')}`;
}
