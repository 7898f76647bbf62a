import type { Example } from '../example.ts';
import type { Format } from './format.ts';
import { loneText } from './lone-text.ts';
import { escapeXml } from './xml-text.ts';

/** `<examples><example><input>…</input><output>…</output></example></examples>`; an input a child, if several. */
export const xml: Format = Object.freeze({
  name: 'xml',
  write: (examples) => ({
    block: `<examples>\n${examples.map(exampleElement).join('')}</examples>`,
    turns: [],
  }),
} satisfies Format);

const PLAIN_NAME = /^[A-Za-z_][\w-]*$/;

function exampleElement(example: Example): string {
  const input = inputElement(example.inputs);
  return `<example>\n  ${input}\n  <output>${escapeXml(example.output)}</output>\n</example>\n`;
}

function inputElement(inputs: Readonly<Record<string, unknown>>): string {
  const text = loneText(inputs);
  if (text !== null) return `<input>${escapeXml(text)}</input>`;
  if (Object.keys(inputs).length === 0) return '<input/>';
  const children = Object.entries(inputs).map(([name, value]) => `\n    ${child(name, value)}`);
  return `<input>${children.join('')}\n  </input>`;
}

/** A text as it is; anything else as JSON and marked so. */
function child(name: string, value: unknown): string {
  const [tag, attribute] = PLAIN_NAME.test(name) ? [name, ''] : ['arg', ` name="${escapeXml(name)}"`];
  if (typeof value === 'string') return `<${tag}${attribute}>${escapeXml(value)}</${tag}>`;
  return `<${tag}${attribute} type="json">${escapeXml(JSON.stringify(value ?? null))}</${tag}>`;
}
