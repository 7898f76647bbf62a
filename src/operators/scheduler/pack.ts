/** How a call may share a request with others. */
export interface Pack<Item = unknown> {
  /** Calls of equal groups may go together. */
  readonly group: string;
  readonly maxItems: number;
  /** Of all items together. */
  readonly maxTokens: number;
  readonly item: Item;
  /** Of this item, estimated. */
  readonly tokens: number;
  /** One outcome an item, in their order. Rejects where none of them can be had. */
  run(items: readonly Item[], signal: AbortSignal): Promise<readonly PackOutcome[]>;
}

/** An answer; or nothing that could be used, and then the call is made again alone. */
export type PackOutcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false };
