import type { Pack } from '../../scheduler/pack.ts';
import type { StatementScope } from '../../evaluation/statement-scope.ts';
import type { CascadeCall } from '../cascade-runner.ts';

/** One row of a packed request, with the statement that asked for it first. */
export interface PackItem {
  readonly call: CascadeCall;
  readonly scope: StatementScope;
}

/** Says which calls may share a request, and runs those that do. */
export interface PackRunner {
  /** undefined where the call is to go alone. */
  offer(call: CascadeCall, scope: StatementScope): Pack | undefined;
}
