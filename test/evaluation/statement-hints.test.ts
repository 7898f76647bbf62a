import { describe, expect, it } from 'vitest';
import { hintedScope } from '../../src/operators/evaluation/statement-hints.ts';
import {
  DEFAULT_SEMANTIC_SETTINGS,
  type StatementScope,
} from '../../src/operators/evaluation/statement-scope.ts';

const scope: StatementScope = {
  sessionId: 's',
  statementId: 's',
  caller: 'sql',
  settings: DEFAULT_SEMANTIC_SETTINGS,
  signal: new AbortController().signal,
  notice: () => undefined,
};

describe('hints before a statement', () => {
  it('change its settings and no others', () => {
    const sql =
      '-- a note\n-- @ model: local/x\n--@ max_calls: 3\n/* a note\n of two lines */ /* @ takes: 5 */ SELECT 1';
    expect(hintedScope(scope, sql).settings).toEqual({
      ...DEFAULT_SEMANTIC_SETTINGS,
      model: 'local/x',
      maxCalls: 3,
      takes: 5,
    });
  });

  it.each([
    'SELECT 1',
    '-- model: x\nSELECT 1',
    "SELECT '\n-- @ model: x'",
    'SELECT 1 -- @ model: x',
    '/* model: x */ SELECT 1',
  ])('are not seen in %j', (sql) => {
    expect(hintedScope(scope, sql)).toBe(scope);
  });

  it('are refused where they name no setting or have a wrong value', () => {
    expect(() => hintedScope(scope, '-- @ modl: x\nSELECT 1')).toThrow(
      expect.objectContaining({ code: '42704' }),
    );
    expect(() => hintedScope(scope, '-- @ max_calls: few\nSELECT 1')).toThrow(
      expect.objectContaining({ code: '22023' }),
    );
  });
});
