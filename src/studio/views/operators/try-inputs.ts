import type { CascadeDetail } from '../../../server/http/schemas/operators.ts';

export function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What was written, as the types of the inputs want it: texts as they are, everything else as JSON. */
export function inputsFrom(
  declared: CascadeDetail['inputs'],
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const given = declared.filter(({ name, optional }) => !optional || (texts[name] ?? '') !== '');
  return Object.fromEntries(given.map(({ name, type }) => [name, valueFrom(type, texts[name] ?? '')]));
}

function valueFrom(type: string, text: string): unknown {
  if (/^(VARCHAR|TEXT)$/i.test(type)) return text;
  return JSON.parse(text) as unknown;
}
