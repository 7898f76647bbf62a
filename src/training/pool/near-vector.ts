import { cosine } from '../embeddings/cosine.ts';

/** Of a vector's numbers, how many are looked at first. */
const HEAD = 64;

/** A unit vector with the length of its tail, by which most pairs are seen to be far apart from their heads alone. */
export class NearVector {
  readonly numbers: Float32Array;
  readonly tail: number;

  constructor(numbers: Float32Array) {
    this.numbers = numbers;
    let squares = 0;
    for (let at = HEAD; at < numbers.length; at += 1) squares += (numbers[at] as number) ** 2;
    this.tail = Math.sqrt(squares);
  }
}

/** Whether the cosine of the two is at least `floor`: by Cauchy and Schwarz the tails add no more than their lengths. */
export function areNear(one: NearVector, other: NearVector, floor: number): boolean {
  const end = Math.min(HEAD, one.numbers.length);
  let head = 0;
  for (let at = 0; at < end; at += 1) head += (one.numbers[at] as number) * (other.numbers[at] as number);
  if (head + one.tail * other.tail < floor - 1e-4) return false;
  return likeness(one, other) >= floor;
}

export function likeness(one: NearVector, other: NearVector): number {
  return cosine(one.numbers, other.numbers);
}
