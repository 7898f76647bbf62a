import type { SqlFunction } from '../../../src/operators/cascade/cascade.ts';
import type { OperatorSet } from '../../../src/operators/cascade/operator-set.ts';
import { KNOWN, OTHER_INPUTS } from './known-answers.ts';

/** One way to write an operator: as a function, or by one of its keywords. */
export interface OperatorCall {
  readonly name: string;
  readonly cascadeId: string;
  /** The call on a text that is written in SQL, as JSON, so that answers of every type are compared alike. */
  readonly sql: (text: string) => string;
  /** The JSON that it gives for a text. */
  readonly answer: (text: string) => string;
}

/** Whether a function has an answer a row, as opposed to one a group and to rows of its own. */
export function answersRows({ shape }: SqlFunction): boolean {
  return shape === 'scalar' || shape === 'sql' || shape === 'dimension';
}

/** Every operator that answers a row, as a function and by each of its keywords. */
export function operatorCalls({ operators, patterns }: OperatorSet): readonly OperatorCall[] {
  const ofRows = [...operators.values()].filter(({ sql }) => answersRows(sql));
  const functions = ofRows.map(({ sql, cascade: { cascadeId } }) => {
    const others = sql.args.slice(1).flatMap(({ name }) => literals(OTHER_INPUTS[cascadeId], name));
    const call = (text: string) => `${sql.name}(${[text, ...others].join(', ')})`;
    return operatorCall(`${sql.name}()`, cascadeId, call, sql.args[0]?.name);
  });
  const keywords = [...patterns.values()]
    .filter(({ operator: { sql } }) => answersRows(sql))
    .map(({ operator: { cascade }, pattern: { keyword, negated, left, right } }) => {
      const [other] = literals(OTHER_INPUTS[cascade.cascadeId], right);
      const call = (text: string) => `${text} ${keyword} ${other ?? 'NULL'}`;
      return operatorCall(keyword, cascade.cascadeId, call, left, negated);
    });
  const semanticCase = operatorCall('SEMANTIC_CASE', 'semantic_case', semanticCaseOf);
  return [...functions, ...keywords, semanticCase, EMBED];
}

const semanticCaseOf = (text: string): string =>
  `SEMANTIC_CASE ${text} WHEN SEMANTIC 'a' THEN 'is a' WHEN SEMANTIC 'b' THEN 'is b' ELSE 'neither' END`;

/** Of vectors only those of equal texts are known beforehand. */
const EMBED: OperatorCall = Object.freeze({
  name: 'embed()',
  cascadeId: 'embed',
  sql: (text: string) => `CAST(to_json(embed(${text}) = embed('text 3')) AS VARCHAR)`,
  answer: (text: string) => JSON.stringify(text === 'text 3'),
});

function operatorCall(
  name: string,
  cascadeId: string,
  sql: (text: string) => string,
  first = 'text',
  negated = false,
): OperatorCall {
  return {
    name,
    cascadeId,
    // Of a similarity only that of equal texts is known beforehand.
    sql: (text) =>
      `CAST(to_json(${cascadeId === 'semantic_similarity' ? `(${sql(text)}) > 0.999` : sql(text)}) AS VARCHAR)`,
    answer: (text) => {
      const value = KNOWN[cascadeId]?.({ text, ...OTHER_INPUTS[cascadeId], [first]: text });
      return JSON.stringify(negated ? value !== true : value);
    },
  };
}

/** The input of a name as SQL, or none. */
export function literals(
  inputs: Readonly<Record<string, unknown>> | undefined,
  name: string,
): readonly string[] {
  const value = inputs?.[name];
  return value === undefined ? [] : [literal(value)];
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
}
