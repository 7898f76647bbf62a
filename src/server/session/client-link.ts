import type { Input } from '../wire/input.ts';
import type { Output } from '../wire/output.ts';

/** The two ways of one connection. */
export interface ClientLink {
  readonly input: Input;
  readonly output: Output;
}
