import type { RowCursor } from '../../session/row-cursor.ts';
import type { Output } from '../output.ts';
import type { RowDigest } from './row-digest.ts';
import type { RowEncoder } from './row-encoder.ts';

/** Sends at most `most` rows and gives how many; pulls no rows while the client does not read. */
export async function pumpRows(
  cursor: RowCursor,
  encoder: RowEncoder,
  output: Output,
  most: number,
  digest: RowDigest | null = null,
): Promise<number> {
  let sent = 0;
  while (sent < most) {
    const next = await cursor.peek(most === Infinity);
    if (next === null) break;
    const end = Math.min(next.chunk.rowCount, next.row + most - sent);
    const from = output.at;
    const count = encoder.write(output, next.chunk, next.row, end) - next.row;
    digest?.add(output, from, count);
    cursor.advance(count);
    sent += count;
    if (output.full) await output.flush();
  }
  return sent;
}
