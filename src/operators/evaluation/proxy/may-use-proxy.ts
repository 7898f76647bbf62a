import type { SqlFunction } from '../../cascade/cascade.ts';
import { isText } from '../argument-value.ts';
import type { SemanticSettings } from '../statement-scope.ts';

/** Whether a statement may have values of this function decided by other than the model. */
export function mayUseProxy(sql: SqlFunction, { recall }: SemanticSettings): boolean {
  const [first] = sql.args;
  if (recall >= 1 || sql.shape !== 'scalar' || sql.returns.toUpperCase() !== 'BOOLEAN') return false;
  return first !== undefined && isText(first.type);
}
