/** Turns texts into vectors of length 1, one a text, in the order of the texts; a text it knows nothing of into 0. */
export interface TextEmbedder {
  /** Of the model: vectors of one name are comparable. */
  readonly name: string;
  readonly dimensions: number;
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
}
