import type { Cascade, Operator, TestCase } from '../operators/cascade/cascade.ts';
import type { OperatorSet } from '../operators/cascade/operator-set.ts';

const HEAD = `# Operators

Made from the cascade files by \`npm run docs\`; a test fails where it differs from them. Each operator is one YAML
file, and a file of yours with the same \`cascade_id\` in a folder named by \`RVBBIT_CASCADES\` takes its place.

- **scalar**: one answer a row, one call for each distinct list of arguments. Stands wherever an expression may stand.
- **aggregate**: one answer a group, with \`FILTER\`, \`ORDER BY\`, \`DISTINCT\` and \`OVER\` as DuckDB's own have them. A group
  larger than a call is taken in parts, and a notice says in how many calls.
- **dimension**: labels found once, in all distinct values of the statement, then one call a distinct value to pick one.
- **table**: rows in \`FROM\`, one call a distinct list of arguments, also \`FROM t, f(t.x)\`; in \`SELECT\` the list of them.
- **sql**: an expression over other functions.

Answers are kept in the log and taken again at no cost. With \`RVBBIT_MODEL=local\` no call costs anything; what it cannot
do is an error that names the setting which helps.

Beside the functions below: \`SELECT SEMANTIC DISTINCT a, b\` (also \`ON (…)\` and in aggregates) makes one of texts that mean
the same; \`FROM ask_data('question' [, rows])\` has a SELECT written, shows it and runs it, over tables alone;
\`SEMANTIC_CASE x WHEN SEMANTIC '…' THEN … ELSE … END\` asks once a value;
\`a SEMANTIC JOIN b ON a.x ~ b.y\` asks which texts are the same (SAME_AS); \`EMBED(text)\` is a vector of 256 numbers;
\`FROM VECTOR_SEARCH('query', table.column, k [, least score])\`, \`KEYWORD_SEARCH\` and \`HYBRID_SEARCH\` give the best k rows
of a table with their \`score\`. \`VECTOR_SEARCH\` takes columns of texts and of vectors.

\`CREATE CASCADE AS $$yaml$$\` adds an operator, \`DROP CASCADE name\` takes it away, \`SHOW CASCADES\` lists all and
\`SELECT rvbbit_reload()\` reads the folders again. A comment \`-- @ model: provider/model\` or \`/* @ takes: 3 */\` before a
statement changes a setting for it alone (psql keeps the first kind back). Files: [cascades.md](cascades.md).
`;

/** docs/operators.md */
export function operatorsPage({ operators }: OperatorSet): string {
  const sorted = [...operators.values()].toSorted((a, b) => (a.sql.name < b.sql.name ? -1 : 1));
  return [HEAD, ...sorted.map(section)].join('\n');
}

function section(operator: Operator): string {
  const { sql, cascade } = operator;
  const infix = sql.patterns.map(
    ({ left, keyword, right }) => `- \`${left} ${keyword} ${right}\`${arrow(sql.returns)}`,
  );
  return [
    `## ${sql.name}`,
    '',
    sql.description,
    '',
    `- \`${signature(operator)}\`${arrow(sql.returns)}`,
    ...infix,
    `- ${sql.shape}; ${costOf(operator)}`,
    `- \`${cascade.file}\``,
    ...exampleOf(cascade),
    '',
  ].join('\n');
}

function arrow(returns: string): string {
  return ` → \`${returns}\``;
}

function signature({ sql }: Operator): string {
  const args = sql.args.map(({ name, type, optional, default: value }, at) => {
    const shown = sql.shape === 'aggregate' && at === 0 ? type.replace(/\[\]$/, '') : type;
    return optional ? `[${name} ${shown} = ${JSON.stringify(value)}]` : `${name} ${shown}`;
  });
  return `${sql.name}(${args.join(', ')})`;
}

function costOf({ sql, cascade }: Operator): string {
  if (sql.shape === 'sql') return 'no call of its own';
  if (sql.sameBy !== undefined) return `${sql.sameBy} once a pair of near values that is not joined already`;
  const asking = cascade.cells.filter(
    ({ query, calls: called }) => query === undefined && called === undefined,
  );
  const calls = asking.reduce((sum, { takes }) => sum + (takes?.count ?? 1), 0);
  const each = {
    scalar: 'a distinct value',
    aggregate: 'a group',
    dimension: 'a statement',
    table: 'a distinct value',
  };
  const local = cascade.cells.every(({ kind, local: way, labelsFrom }) => {
    if (way !== undefined) return way !== 'none';
    return kind === 'boolean' || kind === 'score' || labelsFrom !== undefined || kind === 'label';
  });
  const picked = sql.assignWith === undefined ? '' : `, and ${sql.assignWith} a distinct value`;
  const model = local ? 'also with the local model' : 'needs a language model';
  return `${calls} call${calls === 1 ? '' : 's'} ${each[sql.shape]}${picked}; ${model}`;
}

function exampleOf({ testCases }: Cascade): readonly string[] {
  const [first] = testCases;
  return first === undefined ? [] : [`- Example: ${example(first)}`];
}

function example({ inputs, expect }: TestCase): string {
  const given = Object.entries(inputs).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return `\`${given.join(', ')}\` → \`${JSON.stringify(expect)}\``;
}
