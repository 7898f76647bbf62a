import { StartupError } from '../../errors.ts';
import type { Cascade, Operator } from './cascade.ts';
import { linkCascades } from './link-cascades.ts';
import type { OperatorSet } from './operator-set.ts';

/** Throws StartupError naming both files where two cascades claim one function name or one keyword. */
export function indexOperators(loaded: ReadonlyMap<string, Cascade>, version: number): OperatorSet {
  const cascades = linkCascades(loaded);
  const operators = new Map<string, Operator>();
  const patterns: Map<string, { operator: Operator; pattern: Operator['sql']['patterns'][number] }> =
    new Map();
  for (const cascade of cascades.values()) {
    if (cascade.sqlFunction === null) continue;
    const operator = Object.freeze({ cascade, sql: cascade.sqlFunction });
    refuseClash(`the SQL function ${operator.sql.name}`, cascade, operators.get(operator.sql.name)?.cascade);
    operators.set(operator.sql.name, operator);
    for (const pattern of operator.sql.patterns) {
      refuseClash(
        `the operator ${pattern.keyword}`,
        cascade,
        patterns.get(pattern.keyword)?.operator.cascade,
      );
      patterns.set(pattern.keyword, Object.freeze({ operator, pattern }));
    }
  }
  return Object.freeze({ version, cascades, operators, patterns });
}

function refuseClash(what: string, cascade: Cascade, other: Cascade | undefined): void {
  if (other === undefined) return;
  throw new StartupError(
    `${what} is defined twice: in ${other.file} and in ${cascade.file}`,
    'Rename one of them, or give both the same cascade_id so that the later folder overrides.',
  );
}
