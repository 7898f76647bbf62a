import { closest, distance } from 'fastest-levenshtein';

/** The candidate a misspelt word most likely meant; undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const best = closest(word.toLowerCase(), candidates);
  const allowed = Math.max(2, Math.floor(Math.max(word.length, best.length) / 2));
  return distance(word.toLowerCase(), best) <= allowed ? best : undefined;
}

/** ` Did you mean "x"?`, or the candidates where none is near. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const best = nearest(word, candidates);
  if (best !== undefined) return `Did you mean "${best}"?`;
  return candidates.length === 0 ? 'There is none to choose from.' : `Known: ${candidates.join(', ')}.`;
}
