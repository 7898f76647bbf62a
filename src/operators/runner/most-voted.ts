/**
 * The first take with the text that most have, once no other can overtake it in `count` takes: with the majority of
 * all, or at the end. A tie goes to the text that came first.
 */
export function mostVoted<T extends { readonly text: string }>(
  takes: readonly T[],
  count: number,
): T | undefined {
  const votes = new Map<string, number>();
  for (const { text } of takes) votes.set(text, (votes.get(text) ?? 0) + 1);
  const [best, most] = [...votes].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
  if (takes.length < count && most * 2 <= count) return undefined;
  return takes.find(({ text }) => text === best);
}
