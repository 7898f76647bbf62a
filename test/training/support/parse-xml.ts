import type { ParsedExample } from '../../../src/training/formats/format.ts';
import { unescapeXml } from '../../../src/training/formats/xml-text.ts';

/** Reads back what the xml format wrote. */
export function parseXml(block: string): readonly ParsedExample[] {
  return [
    ...block.matchAll(/<example>\n {2}<input(?:\/>|>([^]*?)<\/input>)\n {2}<output>([^]*?)<\/output>/g),
  ].map(([, input, output = '']) => ({ input: parseInput(input), output: unescapeXml(output) }));
}

const CHILD = /\n {4}<([\w-]+)(?: name="([^"]*)")?( type="json")?>([^]*?)<\/\1>/g;

/** Escaped text holds no `<`: an input with children is told from a text by its markup. */
function parseInput(input: string | undefined): ParsedExample['input'] {
  if (input === undefined) return {};
  if (!input.includes('<')) return unescapeXml(input);
  return Object.fromEntries(
    [...input.matchAll(CHILD)].map(([, tag = '', name, json, text = '']) => [
      name === undefined ? tag : unescapeXml(name),
      json === undefined ? unescapeXml(text) : (JSON.parse(unescapeXml(text)) as unknown),
    ]),
  );
}
