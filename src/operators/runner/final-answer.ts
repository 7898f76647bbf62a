const REASONING = /^\s*<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/i;
const FENCED = /^```[\w-]*[^\S\n]*\n([\s\S]*?)\n?```$/;
const LEAD = /^(?:the\s+)?(?:final\s+)?(?:answer|result|verdict|output|score|label)\s*(?:is|[:=])\s*/i;
const WRAPPING = /^[\s"'`*_(]+|[\s"'`*_).!,;]+$/g;

/** Longer lines are no answer but reasoning, and not worth the search. */
const LONGEST = 1_000;

/** A reply without the block of reasoning that some models begin with, and without white space around it. */
export function withoutReasoning(text: string): string {
  return text.replace(REASONING, '').trim();
}

/** A reply without the reasoning before it and the code fence around it. */
export function bareReply(text: string): string {
  const said = withoutReasoning(text);
  return (FENCED.exec(said)?.[1] ?? said).trim();
}

/**
 * The one word that a reply comes to, as `read` understands it: the whole reply, the one value of a JSON object, or
 * the last line behind some reasoning. Undefined where there is none, or where lines of the reply contradict it.
 */
export function finalAnswer<T>(text: string, read: (word: string) => T | undefined): T | undefined {
  const reply = bareReply(text);
  return readWord(reply, read) ?? readJson(reply, read) ?? readLastLine(reply, read);
}

function readWord<T>(text: string, read: (word: string) => T | undefined): T | undefined {
  if (text.length > LONGEST) return undefined;
  const exact = read(text.trim());
  if (exact !== undefined) return exact;
  const bare = text.replace(WRAPPING, '').replace(LEAD, '').replace(WRAPPING, '');
  return read(bare);
}

function readJson<T>(text: string, read: (word: string) => T | undefined): T | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const answers = Object.values(value)
    .filter((item) => typeof item !== 'object')
    .map((item) => read(String(item).trim()))
    .filter((answer) => answer !== undefined);
  return answers.length === 1 ? answers[0] : undefined;
}

function readLastLine<T>(text: string, read: (word: string) => T | undefined): T | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const answers = lines.map((line) => readWord(line, read));
  const last = answers.at(-1);
  return answers.every((answer) => answer === undefined || answer === last) ? last : undefined;
}

/** Undefined where the text is no JSON: a model may write what it likes. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
