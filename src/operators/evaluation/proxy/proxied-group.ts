import { isText } from '../argument-value.ts';
import type { HeldValue, HeldValues } from './held-values.ts';
import type { MarkedText } from './proxy-model.ts';

/** Values of one operator that differ in its first argument alone. */
export interface ProxiedGroup {
  readonly values: readonly HeldValue[];
  /** The other arguments. */
  readonly rest: readonly (string | null)[];
}

export function groupsOf({ values }: HeldValues): readonly ProxiedGroup[] {
  const groups = new Map<string, { rest: readonly (string | null)[]; values: HeldValue[] }>();
  for (const value of values) {
    const rest = value.asked.args.slice(1);
    const key = JSON.stringify(rest);
    const group = groups.get(key) ?? { rest, values: [] };
    groups.set(key, group);
    group.values.push(value);
  }
  return [...groups.values()];
}

/** The question as a text; null where the operator has none. */
export function criterionOf({ sql }: HeldValues, { rest }: ProxiedGroup): string | null {
  const at = sql.args.findIndex(({ role, type }) => role === 'criterion' && isText(type));
  return at < 1 ? null : (rest[at - 1] ?? null);
}

/** The marks of the same question. */
export function markedOf({ sql, examples }: HeldValues, { rest }: ProxiedGroup): readonly MarkedText[] {
  const [first, ...others] = sql.args;
  return examples.flatMap(({ inputs, output }) => {
    const text = inputs[first?.name ?? ''];
    const same = others.every(({ name }, at) => String(inputs[name] ?? '') === (rest[at] ?? ''));
    if (typeof text !== 'string' || !same || !['true', 'false'].includes(output.trim())) return [];
    return [{ text, holds: output.trim() === 'true' }];
  });
}

/** For notices: `semantic_matches 'spam'`. */
export function nameOf({ sql }: HeldValues, group: ProxiedGroup): string {
  const question = group.rest.filter((arg) => arg !== null).map((arg) => `'${arg}'`);
  return [sql.name, ...question].join(' ');
}
