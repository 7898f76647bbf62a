import { isSign, isWord, tokenAt, type CodeToken } from './code-token.ts';

/**
 * What the tokens at a place of a statement are.
 * - `expression`: an infix operator can stand behind an operand.
 * - `ordering`: the same, and ASC or DESC behind an operand is a direction.
 * - `index`: the elements of an index: a direction can stand behind an operand, an operator only in parentheses.
 * - `relation`: tables, targets, common table expressions and their aliases: names.
 * - `definition`: the words of a utility statement, or columns being defined: names.
 */
export type Place = 'expression' | 'ordering' | 'index' | 'relation' | 'definition';

/** A statement, or what stands between two brackets. Changed by the tracker as it goes. */
export interface Frame {
  place: Place;
  /** What the place is again behind a comma. */
  readonly base: Place | null;
  /** Index of the token that a statement or query begins with; NONE where the brackets hold none. */
  first: number;
  /** FROM begins a list of tables, as opposed to `substring(x FROM 2)`. */
  query: boolean;
  /** A comma goes on with the list of tables. */
  tables: boolean;
  /** First word of the statement; in CREATE, `object` is what it creates and `command` the first word of its body. */
  statement: string;
  object: string;
  command: string;
  /** Whether the closing bracket ends an operand. */
  readonly endsOperand: boolean;
}

const NONE = -1;

const QUERY_STARTS = [
  'SELECT',
  'WITH',
  'FROM',
  'VALUES',
  'TABLE',
  'PIVOT',
  'UNPIVOT',
  'SUMMARIZE',
  'DESCRIBE',
  'SHOW',
] as const;

const COMMANDS = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'] as const;

export function statementFrame(first: number): Frame {
  return frame('definition', first, {});
}

/** The frame that the bracket at `index` opens. */
export function bracketFrame(code: readonly CodeToken[], index: number, parent: Frame): Frame {
  const first = index + 1;
  if (!isSign(tokenAt(code, index), '(')) return frame('expression', NONE, {});
  if (startsQuery(code, first)) return statementFrame(first);
  const endsOperand = !closesNothing(code, index);
  if (parent.place === 'relation' && standsForTable(tokenAt(code, index - 1))) {
    return frame('relation', first, { query: true, tables: true });
  }
  if (parent.place === 'definition' && parent.base === null && parent.statement === 'CREATE') {
    return definitionFrame(parent);
  }
  return frame('expression', NONE, { endsOperand });
}

function definitionFrame({ statement, object }: Frame): Frame {
  const place = object === 'INDEX' ? 'index' : 'definition';
  return frame(place, NONE, { base: place, statement, object });
}

function frame(place: Place, first: number, rest: Partial<Frame>): Frame {
  return {
    place,
    base: null,
    first,
    query: false,
    tables: false,
    statement: '',
    object: '',
    command: '',
    endsOperand: true,
    ...rest,
  };
}

function startsQuery(code: readonly CodeToken[], first: number): boolean {
  const token = tokenAt(code, first);
  if (isWord(token, 'VALUES')) return isSign(tokenAt(code, first + 1), '(');
  if (isWord(token, ...COMMANDS)) return isWord(tokenAt(code, first - 2), 'AS', 'MATERIALIZED', 'COPY');
  return isWord(token, ...QUERY_STARTS);
}

function standsForTable(before: CodeToken): boolean {
  return isWord(before, 'FROM', 'JOIN', 'LATERAL') || isSign(before, ',') || isSign(before, '(');
}

/** The parentheses of `DISTINCT ON (…)` and `OPERATOR(…)` are not those of an operand. */
function closesNothing(code: readonly CodeToken[], index: number): boolean {
  const before = tokenAt(code, index - 1);
  if (isWord(before, 'OPERATOR')) return true;
  return isWord(before, 'ON') && isWord(tokenAt(code, index - 2), 'DISTINCT');
}
