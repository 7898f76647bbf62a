/**
 * Markup characters, and what a reader of XML would drop or change: control characters, carriage returns, half
 * surrogate pairs.
 */
const SPECIAL = /[&<>"]/gu;
const FRAGILE = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

const NAMED: Readonly<Record<string, string>> = Object.freeze({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
});

const BY_NAME: Readonly<Record<string, string>> = Object.freeze({ amp: '&', lt: '<', gt: '>', quot: '"' });

export function escapeXml(text: string): string {
  return text
    .replace(SPECIAL, (character) => NAMED[character] ?? character)
    .replace(FRAGILE, (character) =>
      character === '\n' || character === '\t' ? character : `&#${character.codePointAt(0)};`,
    );
}

export function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (whole, code: string, name: string) =>
    code === undefined ? (BY_NAME[name] ?? whole) : String.fromCodePoint(Number(code)),
  );
}
