import type { SqlLine } from '../../../server/http/schemas/sql.ts';

/** Gives the lines of a stream as they come, those that came together at once. */
export async function readLines(
  response: Response,
  take: (lines: readonly SqlLine[]) => void,
): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    const texts = (rest + part.value).split('\n');
    rest = texts.pop() ?? '';
    const lines = texts.filter((text) => text !== '').map((text) => JSON.parse(text) as SqlLine);
    if (lines.length > 0) take(lines);
  }
}
