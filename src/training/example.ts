/** A marked execution of one cell: its declared inputs and its output, never a rendered prompt. */
export interface Example {
  readonly traceId: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The text of the output as logged, or the human's correction of it. */
  readonly output: string;
  /** 0..1 */
  readonly confidence: number;
  readonly verified: boolean;
  /** Position in the order in which the store took the rows in; larger is newer. */
  readonly ingested: number;
  /** Marked by a rule or a judge and by nobody: at most half of a prompt. */
  readonly automatic?: boolean;
  /** The output is not the logged one. */
  readonly corrected?: boolean;
  /** 0..1 to the inputs at hand, where the strategy measured it. */
  readonly similarity?: number;
}
