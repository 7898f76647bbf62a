import type { Operator } from '../../src/operators/cascade/cascade.ts';
import type { OperatorSet } from '../../src/operators/cascade/operator-set.ts';
import { symbolOf } from '../../src/operators/cascade/symbol.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../src/training/training-settings.ts';

interface OperatorFields {
  readonly name: string;
  readonly keyword?: string;
  readonly returns?: string;
  readonly args?: readonly { name: string; type?: string; optional?: boolean; default?: unknown }[];
}

/** An operator without a YAML file, for tests that are not about cascades. */
export function operatorOf(fields: OperatorFields): Operator {
  const { name, keyword, returns = 'BOOLEAN' } = fields;
  const args = (fields.args ?? [{ name: 'text' }, { name: 'criterion' }]).map((arg) => ({
    name: arg.name,
    type: arg.type ?? 'VARCHAR',
    optional: arg.optional ?? false,
    default: arg.default ?? null,
    role: arg.name === 'criterion' ? ('criterion' as const) : ('value' as const),
  }));
  const sql = {
    name,
    description: `test operator ${name}`,
    args,
    returns,
    shape: 'scalar' as const,
    patterns:
      keyword === undefined ? [] : patternsOf(keyword, returns === 'BOOLEAN', args[0]?.name, args[1]?.name),
  };
  const cell = {
    name: 'evaluate',
    instructions: '{{ input.text }}',
    model: null,
    kind: returns === 'BOOLEAN' ? ('boolean' as const) : ('text' as const),
    labels: [],
    outputSchema: null,
    maxRetries: 1,
    temperature: null,
    maxTokens: null,
    timeoutMs: 30_000,
    training: DEFAULT_TRAINING_SETTINGS,
    takes: null,
    batch: null,
    fingerprint: `cell-of-${name}`,
  };
  return {
    cascade: {
      cascadeId: name,
      description: '',
      file: `${name}.cascade.yaml`,
      source: '',
      inputs: args.map((arg) => arg.name),
      sqlFunction: sql,
      cells: [cell],
      testCases: [],
      fingerprint: `cascade-${name}`,
    },
    sql,
  } as Operator;
}

export function operatorSetOf(operators: readonly Operator[], version = 1): OperatorSet {
  return {
    version,
    cascades: new Map(operators.map(({ cascade }) => [cascade.cascadeId, cascade])),
    operators: new Map(operators.map((operator) => [operator.sql.name, operator])),
    patterns: new Map(
      operators.flatMap((operator) =>
        operator.sql.patterns.map((pattern) => [pattern.keyword, { operator, pattern }] as const),
      ),
    ),
  };
}

function patternsOf(keyword: string, boolean: boolean, left = 'text', right = 'criterion') {
  const keywords = boolean ? [keyword, `NOT ${keyword}`] : [keyword];
  return keywords.map((word, at) => {
    const symbol = symbolOf(word);
    if (symbol === undefined) throw new Error(`no symbol for ${word}`);
    return { keyword: word, symbol, negated: at === 1, left, right };
  });
}
