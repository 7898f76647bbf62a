const ESCAPES: Readonly<Record<string, string>> = Object.freeze({
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
});

/** The text that a string literal stands for: '…', E'…' and $tag$…$tag$. */
export function literalValue(literal: string): string {
  const dollar = /^(\$\w*\$)([\s\S]*)\1$/.exec(literal);
  if (dollar !== null) return dollar[2] ?? '';
  const body = literal.slice(literal.indexOf("'") + 1, -1).replaceAll("''", "'");
  return /^e/i.test(literal) ? unescaped(body) : body;
}

function unescaped(body: string): string {
  return body.replace(
    /\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{4})|([0-7]{1,3})|(.))/gis,
    (_, hex, unicode, octal, other) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(String(hex), 16));
      if (unicode !== undefined) return String.fromCharCode(parseInt(String(unicode), 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(String(octal), 8));
      return ESCAPES[String(other)] ?? String(other);
    },
  );
}
