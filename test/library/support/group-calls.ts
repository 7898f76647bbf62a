import type { OperatorSet } from '../../../src/operators/cascade/operator-set.ts';
import { INPUTS_OF_GROUPS, KNOWN_OF_GROUPS, inShort } from './known-answers.ts';
import { literals } from './operator-calls.ts';

/** One way to call a semantic aggregate. */
export interface GroupCall {
  readonly name: string;
  readonly cascadeId: string;
  /** The call over a value that is written in SQL, as JSON; `inside` stands behind the value, `behind` the call. */
  readonly sql: (value: string, inside?: string, behind?: string) => string;
  /** The JSON that it gives for the values of a group, in their order; null for none. */
  readonly answer: (values: readonly string[]) => string | null;
}

export function groupCalls({ operators }: OperatorSet): readonly GroupCall[] {
  return [...operators.values()]
    .filter(({ sql }) => sql.shape === 'aggregate')
    .map(({ sql, cascade: { cascadeId } }): GroupCall => {
      const inputs = INPUTS_OF_GROUPS[cascadeId] ?? {};
      const others = sql.args.slice(1).flatMap(({ name }) => literals(inputs, name));
      const call = (value: string, inside = '', behind = '') =>
        `${sql.name}(${[value, ...others].join(', ')}${inside})${behind}`;
      return {
        name: sql.name,
        cascadeId,
        sql: (...parts) => `CAST(to_json(${call(...parts)}) AS VARCHAR)`,
        answer: (values) =>
          values.length === 0 ? null : JSON.stringify(KNOWN_OF_GROUPS[cascadeId]?.(inShort(values), inputs)),
      };
    });
}
