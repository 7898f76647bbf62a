export interface SplitInstructions {
  /** The same for every row: what comes before the paragraph of the first value. May be empty. */
  readonly fixed: string;
  /** Differs from row to row. */
  readonly row: string;
}

const COMMENT_OR_TAG = /\{#[\s\S]*?#\}|\{\{|\{%/g;
const BLANK_LINE = /\n[^\S\n]*(?=\n)/g;

/**
 * Cuts a template in front of the paragraph (where there is none, the line) that holds the first `{{` or `{%`.
 * Nothing is open there, so both halves are templates of their own.
 */
export function splitInstructions(template: string): SplitInstructions {
  const tag = [...template.matchAll(COMMENT_OR_TAG)].find((match) => !match[0].startsWith('{#'));
  if (tag === undefined) return { fixed: '', row: template };
  const before = template.slice(0, tag.index);
  const paragraph = [...before.matchAll(BLANK_LINE)].at(-1)?.index;
  const cut = paragraph ?? before.lastIndexOf('\n') + 1;
  return { fixed: template.slice(0, cut), row: template.slice(cut) };
}
