import { SqlError } from '../../errors.ts';
import type { SqlFunction } from '../../operators/cascade/cascade.ts';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import { SEARCH_NAMES } from '../../operators/functions/search-names.ts';

/** Functions of FROM that are no operators, as they are written there. */
const IN_FROM: ReadonlyMap<string, string> = Object.freeze(
  new Map([
    ['vector_search', "VECTOR_SEARCH('query', table.column, 10)"],
    ['keyword_search', "KEYWORD_SEARCH('query', table.column, 10)"],
    ['hybrid_search', "HYBRID_SEARCH('query', table.column, 10)"],
    ['ask_data', "ask_data('question')"],
  ]),
);

/**
 * The error where a semantic function stands in a place, or has arguments, that have no meaning: DuckDB says that it
 * does not exist, or names the macros that it is made of. Every other error as it is.
 */
export function misusedOperator(error: SqlError, operators: OperatorSet): SqlError {
  if (error.code !== '42883') return error;
  const missing = /^function "(.*)" does not exist$/.exec(error.message)?.[1];
  if (missing !== undefined) return misplaced(error, missing.toLowerCase(), operators);
  const macro = /^Macro (.*?)\(\) does not support the supplied arguments/.exec(error.message)?.[1];
  return macro === undefined ? error : withWrongArguments(error, macro, operators);
}

function misplaced(error: SqlError, name: string, { operators }: OperatorSet): SqlError {
  const form = IN_FROM.get(name);
  if (form !== undefined) {
    return instead(error, '0A000', `${name} gives rows, and stands in FROM only`, {
      hint: `Write it as FROM ${form}; a subquery makes one value of them.`,
    });
  }
  const sql = operators.get(name)?.sql;
  if (sql === undefined) return error;
  if (sql.shape === 'aggregate') {
    return instead(error, '42803', 'aggregate functions are not allowed in functions in FROM', {
      hint: `Write it as FROM (SELECT ${name}(…) FROM …).`,
    });
  }
  return instead(error, '42809', `${name} gives one value, and FROM takes rows`, {
    hint: `Write it as SELECT ${name}(…), or FROM (SELECT ${name}(…)).`,
  });
}

function withWrongArguments(error: SqlError, macro: string, { operators, patterns }: OperatorSet): SqlError {
  if (macro === SEARCH_NAMES.vectorOf) {
    return instead(
      error,
      '42804',
      'VECTOR_SEARCH takes a column of texts, or of vectors of the length that EMBED gives',
      {
        hint: 'Cast the column to VARCHAR, or fill one with EMBED(text).',
      },
    );
  }
  const sql =
    operators.get(macro.replace(/ list$/, '').toLowerCase())?.sql ?? patterns.get(macro)?.operator.sql;
  if (sql === undefined) return error;
  return instead(error, '42883', `${sql.name} does not take these arguments`, {
    hint: `It is ${signature(sql)}.`,
  });
}

function signature({ name, args }: SqlFunction): string {
  const parts = args.map((arg) => `${arg.name} ${arg.type}`);
  return `${name}(${parts.map((part, at) => (args[at]?.optional === true ? `[${part}]` : part)).join(', ')})`;
}

function instead(
  error: SqlError,
  code: string,
  message: string,
  { hint }: { readonly hint: string },
): SqlError {
  return new SqlError(code, message, {
    hint,
    cause: error.cause ?? error,
    ...(error.position === undefined ? {} : { position: error.position }),
  });
}
