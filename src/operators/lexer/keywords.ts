/**
 * Words that neither PostgreSQL nor DuckDB takes for the name of a column without quotes (their reserved words and
 * those reserved except as a function or a type; PostgreSQL 18, appendix C, and duckdb_keywords()).
 */
const RESERVED: ReadonlySet<string> = frozenSet(`
  ALL ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC BOTH CASE CAST CHECK COLLATE COLUMN CONSTRAINT CREATE
  CURRENT_CATALOG CURRENT_DATE CURRENT_ROLE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEFAULT DEFERRABLE DESC DESCRIBE
  DISTINCT DO ELSE END EXCEPT FALSE FETCH FOR FOREIGN FROM GRANT GROUP HAVING IN INITIALLY INTERSECT INTO LAMBDA LATERAL
  LEADING LIMIT LOCALTIME LOCALTIMESTAMP NOT NULL OFFSET ON ONLY OR ORDER PIVOT PIVOT_LONGER PIVOT_WIDER PLACING PRIMARY
  QUALIFY REFERENCES RETURNING SELECT SESSION_USER SHOW SOME SUMMARIZE SYMMETRIC SYSTEM_USER TABLE THEN TO TRAILING TRUE
  UNION UNIQUE UNPIVOT USER USING VARIADIC WHEN WHERE WINDOW WITH`);

const RESERVED_EXCEPT_FUNCTIONS: ReadonlySet<string> = frozenSet(`
  ANTI ASOF AT AUTHORIZATION BINARY BY COLLATION COLUMNS CONCURRENTLY CROSS CURRENT_SCHEMA FREEZE FULL GENERATED GLOB
  ILIKE INNER IS ISNULL JOIN LEFT LIKE MAP NATURAL NOTNULL OUTER OVERLAPS POSITIONAL RIGHT SEMI SIMILAR STRUCT
  TABLESAMPLE TRY_CAST UNPACK VERBOSE`);

/** Reserved words that are a value by themselves. */
const VALUE_WORDS: ReadonlySet<string> = frozenSet(`
  CURRENT_CATALOG CURRENT_DATE CURRENT_ROLE CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER FALSE LOCALTIME
  LOCALTIMESTAMP NULL SESSION_USER SYSTEM_USER TRUE USER`);

/** Reserved words an operand may end with beside those that are values. */
const CLOSING_WORDS: ReadonlySet<string> = frozenSet('END ISNULL NOTNULL');

/** Reserved words an operand may begin with beside those that are values. ASC and DESC do as names. */
const OPENING_WORDS: ReadonlySet<string> = frozenSet('ARRAY CASE CAST ASC DESC');

/** Reserved words an operand may begin with where a bracket follows: quantifiers, and functions by their names. */
const OPENING_CALLS: ReadonlySet<string> = frozenSet(
  'ALL ANY SOME COLUMNS LEFT MAP RIGHT STRUCT TRY_CAST UNPACK',
);

/** Words that may name a column and yet neither end nor begin an operand where they stand behind one. */
const INFIX_WORDS: ReadonlySet<string> = frozenSet('BETWEEN ESCAPE OVER FILTER WITHIN VALUES SETOF');

export function isReserved(word: string): boolean {
  return RESERVED.has(word) || RESERVED_EXCEPT_FUNCTIONS.has(word);
}

export function isClosingWord(word: string): boolean {
  return VALUE_WORDS.has(word) || CLOSING_WORDS.has(word);
}

/** `bracket`: whether a parenthesis, bracket or brace follows. */
export function isOpeningWord(word: string, bracket: boolean): boolean {
  if (VALUE_WORDS.has(word) || OPENING_WORDS.has(word)) return true;
  if (bracket && OPENING_CALLS.has(word)) return true;
  return !isReserved(word) && !INFIX_WORDS.has(word);
}

export function isInfixWord(word: string): boolean {
  return INFIX_WORDS.has(word);
}

function frozenSet(words: string): ReadonlySet<string> {
  return Object.freeze(new Set(words.trim().split(/\s+/)));
}
