import type { Cascade, InfixPattern, Operator } from './cascade.ts';

/** The loaded cascades at one moment, frozen: a statement keeps the set it began with. */
export interface OperatorSet {
  /** Changes with every reload. */
  readonly version: number;
  readonly cascades: ReadonlyMap<string, Cascade>;
  /** By SQL function name, lower case. */
  readonly operators: ReadonlyMap<string, Operator>;
  /** By keyword, upper case. */
  readonly patterns: ReadonlyMap<string, { readonly operator: Operator; readonly pattern: InfixPattern }>;
}
