import type { OperatorSet } from '../../../src/operators/cascade/operator-set.ts';
import { selectForms } from '../../../src/operators/lexer/select-forms.ts';
import { rewriteSemanticSyntax } from '../../../src/operators/lexer/semantic-syntax.ts';
import type { EngineConnection } from '../../../src/server/engine/engine-connection.ts';
import { type EngineFixture, rowsOf } from '../../support/engine-fixture.ts';

/** Runs a statement as the server does: keywords rewritten, changes of data with their queries. */
export async function runSql(
  fixture: EngineFixture,
  connection: EngineConnection,
  operators: OperatorSet,
  source: string,
  parameters: readonly (string | number | null)[] = [],
): Promise<readonly (readonly unknown[])[]> {
  const { sql } = rewriteSemanticSyntax(source, operators);
  const changesData = /^\s*(INSERT|UPDATE|DELETE|CREATE)/i.test(sql);
  const forms = changesData ? selectForms(sql, operators) : [];
  return rowsOf(connection, { sql, selectForms: forms, changesData }, fixture.scope(), parameters);
}
