import type { ParsedExample } from '../../../src/training/formats/format.ts';

interface Piece {
  readonly title: string;
  readonly value: unknown;
}

const PIECE =
  /\n(?:### Example \d+\n|\*\*(Input|Input "(?:[^"\\]|\\.)*"|Output)\*\*\n\n(`{3,})(text|json)\n([^]*?)\n\2\n)/y;

/** Reads back what the markdown format wrote. */
export function parseMarkdown(block: string): readonly ParsedExample[] {
  const examples: Piece[][] = [];
  const pieces = new RegExp(PIECE);
  pieces.lastIndex = '## Examples'.length + 1;
  for (let match = pieces.exec(block); match !== null; match = pieces.exec(block)) {
    const [, title, , kind, text = ''] = match;
    if (title === undefined) examples.push([]);
    else examples.at(-1)?.push({ title, value: kind === 'json' ? (JSON.parse(text) as unknown) : text });
  }
  return examples.map(exampleOf);
}

function exampleOf(pieces: readonly Piece[]): ParsedExample {
  const output = String(pieces.at(-1)?.value);
  const inputs = pieces.slice(0, -1);
  const [first] = inputs;
  if (first?.title === 'Input') return { input: String(first.value), output };
  return { input: Object.fromEntries(inputs.map(({ title, value }) => [nameIn(title), value])), output };
}

function nameIn(title: string): string {
  return String(JSON.parse(title.slice('Input '.length)));
}
