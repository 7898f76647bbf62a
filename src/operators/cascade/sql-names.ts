import { tokenize } from '../lexer/tokenize.ts';

const NAMED = /^\$([A-Za-z_]\w*)$/;

/** The names that a SQL text reads as `$name`, each once; strings and comments are none of it. */
export function sqlNames(sql: string): readonly string[] {
  const names = tokenize(sql).flatMap((token) => {
    const [, name] = NAMED.exec(sql.slice(token.start, token.end)) ?? [];
    return name === undefined ? [] : [name];
  });
  return [...new Set(names)];
}
