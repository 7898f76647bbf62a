/** Text or binary, per value (PostgreSQL's manual, 55.7). */
export type FormatCode = 0 | 1;

export interface ParseMessage {
  readonly type: 'parse';
  readonly name: string;
  readonly sql: string;
  /** 0 leaves a parameter's type to the server. */
  readonly parameterOids: readonly number[];
}

export interface BindMessage {
  readonly type: 'bind';
  readonly portal: string;
  readonly statement: string;
  readonly parameterFormats: readonly FormatCode[];
  /** null is SQL's NULL. */
  readonly values: readonly (Buffer | null)[];
  readonly resultFormats: readonly FormatCode[];
}

export interface TargetMessage {
  readonly type: 'describe' | 'close';
  readonly target: 'statement' | 'portal';
  readonly name: string;
}

export interface ExecuteMessage {
  readonly type: 'execute';
  readonly portal: string;
  /** 0 is no limit. */
  readonly maxRows: number;
}

export type FrontendMessage =
  | { readonly type: 'query'; readonly sql: string }
  | ParseMessage
  | BindMessage
  | TargetMessage
  | ExecuteMessage
  | { readonly type: 'flush' | 'sync' | 'copyDone' | 'terminate' }
  | { readonly type: 'copyData'; readonly bytes: Buffer }
  | { readonly type: 'copyFail'; readonly reason: string };
