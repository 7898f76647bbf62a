import type { Cascade, InfixPattern, Operator } from '../../src/operators/cascade/cascade.ts';
import type { OperatorSet } from '../../src/operators/cascade/operator-set.ts';
import { symbolOf } from '../../src/operators/cascade/symbol.ts';

const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  semantic_matches: ['MEANS', 'NOT MEANS'],
  semantic_score: ['ABOUT', 'RELEVANCE TO'],
  semantic_align: ['ALIGNS WITH'],
  semantic_same: ['SAME_AS'],
};

export const KEYWORDS: readonly string[] = Object.values(FUNCTIONS).flat();

/** An operator set made by hand, with keywords of one and of several words. */
export const OPERATORS: OperatorSet = operatorSet();

export function symbol(keyword: string): string {
  const found = symbolOf(keyword);
  if (found === undefined) throw new Error(`${keyword} has no symbol`);
  return found;
}

function operatorSet(): OperatorSet {
  const operators = Object.entries(FUNCTIONS).map(([name, keywords]) => operator(name, keywords));
  return {
    version: 1,
    cascades: new Map(operators.map((each) => [each.cascade.cascadeId, each.cascade])),
    operators: new Map(operators.map((each) => [each.sql.name, each])),
    patterns: new Map(
      operators.flatMap((each) =>
        each.sql.patterns.map((pattern) => [pattern.keyword, { operator: each, pattern }]),
      ),
    ),
  };
}

function operator(name: string, keywords: readonly string[]): Operator {
  const sql = {
    name,
    description: '',
    args: (['text', 'criterion'] as const).map((arg) => ({
      name: arg,
      type: 'VARCHAR',
      optional: false,
      default: null,
      role: arg === 'text' ? ('value' as const) : ('criterion' as const),
    })),
    returns: 'BOOLEAN',
    shape: 'scalar' as const,
    patterns: keywords.map(pattern),
  };
  const cascade: Cascade = {
    cascadeId: name,
    description: '',
    file: `${name}.cascade.yaml`,
    source: '',
    inputs: ['text', 'criterion'],
    sqlFunction: sql,
    cells: [],
    testCases: [],
    fingerprint: name,
  };
  return { cascade, sql };
}

function pattern(keyword: string): InfixPattern {
  return {
    keyword,
    symbol: symbol(keyword),
    negated: keyword.startsWith('NOT '),
    left: 'text',
    right: 'criterion',
  };
}
