import type { OperatorSet } from '../../cascade/operator-set.ts';
import type { CodeToken } from '../code-token.ts';
import type { TextEdit } from '../source-map.ts';

/** A way of writing that is spelled out before anything else reads the statement. */
export interface SyntaxForm {
  /** Words without which the form does not occur, upper case. */
  words(operators: OperatorSet): readonly string[];
  /** The form that begins with the token at `index`, spelled out. Throws SqlError 42601 where it is not complete. */
  edit(sql: string, code: readonly CodeToken[], index: number, operators: OperatorSet): TextEdit | undefined;
}
