import type { ParsedExample, Turn } from '../../../src/training/formats/format.ts';

/** Reads back what the few_shot format wrote. */
export function parseFewShot(turns: readonly Turn[]): readonly ParsedExample[] {
  return turns.flatMap((turn, at) => {
    const reply = turns[at + 1];
    if (turn.role !== 'user' || reply?.role !== 'assistant') return [];
    return [{ input: parseLines(turn.content), output: reply.content }];
  });
}

const LINE = /^(?:(\w+)|("(?:[^"\\]|\\.)*")): (.*)$/s;

function parseLines(content: string): Readonly<Record<string, unknown>> {
  const lines = content === '' ? [] : content.split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const [, plain, quoted, value = 'null'] = LINE.exec(line) ?? [];
      const name = plain ?? String(JSON.parse(quoted ?? '""'));
      return [name, JSON.parse(value) as unknown] as const;
    }),
  );
}
