/** What is one piece of a ClickHouse script: a string, a quoted name, a comment, or the end of a statement. */
const PIECE =
  /'(?:[^'\\]|\\[^]|'')*'|`(?:[^`\\]|\\[^])*`|"(?:[^"\\]|\\[^])*"|--[^\n]*|\/\*[^]*?\*\/|(?<end>;)/g;

/** The statements of a script without their semicolons; a semicolon in a string or comment ends nothing. */
export function splitStatements(script: string): readonly string[] {
  const statements: string[] = [];
  let from = 0;
  for (const match of script.matchAll(PIECE)) {
    if (match.groups?.end === undefined) continue;
    statements.push(script.slice(from, match.index));
    from = match.index + 1;
  }
  statements.push(script.slice(from));
  return statements.map((statement) => statement.trim()).filter(saysSomething);
}

function saysSomething(statement: string): boolean {
  return statement.replace(/--[^\n]*|\/\*[^]*?\*\//g, '').trim() !== '';
}
