/** Words that turn a statement round; embedders hardly see them. */
const TURNING =
  /(?<!\p{L})(?:not|no|non|never|without|nor|nicht|kein|keine|ohne|pas|sans|sin)(?!\p{L})|n['’]t(?!\p{L})/giu;

/** Whether one text negates what the other does not: then they are opposites, however near their vectors. */
export function areOpposed(one: string, other: string): boolean {
  return turns(one) !== turns(other);
}

function turns(text: string): boolean {
  return (text.match(TURNING) ?? []).length % 2 === 1;
}
