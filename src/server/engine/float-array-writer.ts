import type { DuckDBVector } from '@duckdb/node-api';
import type { WriteAnswer } from './semantic-function.ts';

/** What a vector of `FLOAT[n]` is made of in @duckdb/node-api 1.5.6, whose own setItem takes a call a number. */
interface FloatArrays {
  readonly childData: { readonly items: Float32Array };
  readonly validity: { setItemValid(row: number, valid: boolean): void };
}

/** Writes vectors into a column of `FLOAT[length]`, each in one copy. */
export function floatArrayWriter(length: number): WriteAnswer {
  return (out: DuckDBVector, row, value) => {
    const { childData, validity } = out as unknown as FloatArrays;
    if (value instanceof Float32Array) childData.items.set(value, row * length);
    validity.setItemValid(row, value instanceof Float32Array);
  };
}
