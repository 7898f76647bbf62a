/** Turns texts into vectors of length 1: their dot product is the cosine of the angle between them. */
export interface Embedder {
  readonly name: string;
  readonly dimensions: number;
  /** One vector a text, in the order of the texts. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
  /** The vector of a text at once, where the embedder can: undefined while it is not loaded. */
  embedNow?(text: string): Float32Array | undefined;
  close(): Promise<void>;
}
