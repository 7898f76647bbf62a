/** Character classes of PostgreSQL's scan.l, over UTF-16 units. */

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isNewline(code: number): boolean {
  return code === 10 || code === 13;
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code > 127 && isUnicodeSpace(code));
}

export function isWordStart(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || code === 95 || (code > 127 && !isUnicodeSpace(code));
}

export function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code) || code === 36;
}

/** A character that may be part of an operator of several characters: ~ ! @ # ^ & | ` ? + - * / % < > = */
export function isOperatorPart(code: number): boolean {
  switch (code) {
    case 33:
    case 35:
    case 37:
    case 38:
    case 42:
    case 43:
    case 45:
    case 47:
    case 60:
    case 61:
    case 62:
    case 63:
    case 64:
    case 94:
    case 96:
    case 124:
    case 126:
      return true;
    default:
      return false;
  }
}

/** DuckDB takes the spaces of Unicode, which PostgreSQL would take into a name, for spaces. */
function isUnicodeSpace(code: number): boolean {
  return (
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}
