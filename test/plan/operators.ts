import { symbolOf } from '../../src/operators/cascade/symbol.ts';
import { operatorOf, operatorSetOf } from '../support/operator-fixture.ts';

export const operators = operatorSetOf([
  operatorOf({ name: 'semantic_matches', keyword: 'MEANS' }),
  operatorOf({ name: 'summarise', returns: 'VARCHAR', args: [{ name: 'text' }] }),
  operatorOf({ name: 'score', returns: 'DOUBLE' }),
]);

/** The statement with its operators as the engine gets them. */
export function asSymbols(sql: string): string {
  const means = symbolOf('MEANS') ?? '';
  const notMeans = symbolOf('NOT MEANS') ?? '';
  return sql.replaceAll('NOT MEANS', notMeans).replaceAll('MEANS', means);
}
