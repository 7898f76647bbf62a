import { messageOf } from '../../errors.ts';
import type { OperatorCounts } from '../../operators/evaluation/evaluation-summary.ts';
import type { StatementRecord } from '../../training/log/statement-log.ts';
import type { StatementRun } from './statement-run.ts';

/** What the log keeps of a statement that called operators, beside its calls. */
export function statementRecord(
  { scope, sql, summary, rows, error, startedAt }: StatementRun,
  who: { readonly user: string; readonly database: string },
): StatementRecord {
  const operators = summary?.operators ?? [];
  const sum = (pick: (one: OperatorCounts) => number): number =>
    operators.reduce((total, one) => total + pick(one), 0);
  return {
    statementId: scope.statementId,
    sessionId: scope.sessionId,
    startedAtUs: BigInt(startedAt) * 1000n,
    caller: scope.caller,
    database: who.database,
    userName: who.user,
    sql,
    rows,
    fromMemory: sum(({ fromMemory }) => fromMemory),
    fromLog: sum(({ fromLog }) => fromLog),
    fromModel: sum(({ fromModel }) => fromModel),
    fromProxy: sum(({ fromProxy }) => fromProxy),
    fromHuman: sum(({ fromHuman }) => fromHuman),
    durationMs: Date.now() - startedAt,
    error: error === null ? null : messageOf(error),
  };
}
