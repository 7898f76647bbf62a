import { STOP_WORDS } from './stop-words.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu;

/** Runs of one to three words of a text, in lower case, each once, that neither start nor end with a stop word. */
export function phrases(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const clause of text.toLowerCase().split(/[.,;:!?()"\n]+/)) {
    const words = clause.match(WORD) ?? [];
    for (const [at, word] of words.entries()) {
      if (!carriesMeaning(word)) continue;
      for (const end of [at, at + 1, at + 2]) {
        const last = words[end];
        if (last !== undefined && carriesMeaning(last)) found.add(words.slice(at, end + 1).join(' '));
      }
    }
  }
  return found;
}

function carriesMeaning(word: string): boolean {
  return word.length > 1 && !STOP_WORDS.has(word) && !/^\p{N}+$/u.test(word);
}
