function normalJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Whether two texts say the same: numbers by value to 12 digits, json by its contents. */
export function sameText(ours: string | null, theirs: string | null): boolean {
  if (ours === theirs) return true;
  if (ours === null || theirs === null) return false;
  return normal(ours) === normal(theirs);
}

function normal(text: string): string {
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return Number(text).toPrecision(12);
  if (/^[[{"]/.test(text)) return normalJson(text).replace(/(\.\d*?)0+(?=[,}])/g, '$1');
  return text.replace(/(\d\d:\d\d:\d\d\.\d*?)0+$/, '$1');
}
