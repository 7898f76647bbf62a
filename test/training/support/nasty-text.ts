const PIECES = [
  '<',
  '>',
  '&',
  '&amp;',
  '&#0;',
  ']]>',
  '<!--',
  '</input>',
  '</example>',
  '<input>',
  '"',
  "'",
  '`',
  '```',
  '````text\n',
  '\n```\n',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '\0',
  '\u0001',
  '\u001b',
  '\u0085',
  '\u2028',
  '\ud83d',
  '\ude00',
  '😀',
  'é',
  'e\u0301',
  '\ufeff',
  '\uffff',
  '{{ input.text }}',
  '{% if x %}',
  '{# c #}',
  '${x}',
  '\\',
  '\\n',
  '\\u0000',
  '### Example 1',
  '**Output**',
  '**Input**\n\n',
  'user: "x"',
  ': ',
  ' ',
  '  ',
  '\n  ',
  'a',
  'true',
  '0',
  '-- ',
  '/*',
  '$1',
  ';',
];

/** Texts made of what breaks writers and readers; the same for the same seed. */
export function* nastyTexts(count: number, seed: number): Generator<string> {
  let state = seed;
  const next = (bound: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  for (let at = 0; at < count; at += 1) {
    yield Array.from({ length: next(8) }, () => PIECES[next(PIECES.length)] ?? '').join('');
  }
}
