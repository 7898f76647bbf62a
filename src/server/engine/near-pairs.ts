import {
  ARRAY,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  FLOAT,
  INTEGER,
} from '@duckdb/node-api';
import { floatArrayWriter } from './float-array-writer.ts';
import { interruptOnAbort } from './interrupt-on-abort.ts';
import type { NearPair } from '../../operators/runner/cell-database.ts';

/** Up to here every pair is compared; above it, pairs that share one of their nearest centres. */
const ALL_PAIRS = 4_000;
/** Of each vector; a pair is found that lies near the border of two cells. */
const CELLS_OF_A_VECTOR = 2;
/** Kept of each vector. */
const NEIGHBOURS = 8;

/**
 * Pairs of vectors whose cosine is at least `least`, of each vector those with its nearest: worked out by DuckDB, in a
 * database of its own that is gone afterwards. Vectors are of one length of at least 1.
 */
export async function nearPairs(
  vectors: readonly Float32Array[],
  least: number,
  signal: AbortSignal,
): Promise<readonly NearPair[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const done = interruptOnAbort(connection, signal);
  try {
    await fill(connection, vectors);
    if (vectors.length > ALL_PAIRS) await makeCells(connection, vectors.length);
    const result = await connection.run(pairsSql(vectors.length, least));
    return (await result.getRows()).map(([a, b, score]) => ({
      a: Number(a),
      b: Number(b),
      score: Number(score),
    }));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    done();
    connection.closeSync();
    instance.closeSync();
  }
}

/** Rows of one chunk of DuckDB. */
const CHUNK = 2_048;

async function fill(connection: DuckDBConnection, vectors: readonly Float32Array[]): Promise<void> {
  const dimensions = vectors[0]?.length ?? 1;
  await connection.run(`CREATE TABLE v (id INTEGER, x FLOAT[${dimensions}])`);
  const appender = await connection.createAppender('v');
  const write = floatArrayWriter(dimensions);
  for (let from = 0; from < vectors.length; from += CHUNK) {
    const part = vectors.slice(from, from + CHUNK);
    const chunk = DuckDBDataChunk.create([INTEGER, ARRAY(FLOAT, dimensions)], part.length);
    const [ids, values] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
    for (const [row, vector] of part.entries()) {
      ids.setItem(row, from + row);
      write(values, row, vector);
    }
    ids.flush();
    values.flush();
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** Every so many vectors one is the centre of a cell. */
async function makeCells(connection: DuckDBConnection, count: number): Promise<void> {
  const step = Math.max(1, Math.floor(Math.sqrt(count)));
  await connection.run(`CREATE TABLE centre AS SELECT id AS cell, x FROM v WHERE id % ${step} = 0`);
  await connection.run(
    `CREATE TABLE member AS SELECT id, x, unnest(cells) AS cell FROM (
       SELECT v.id, any_value(v.x) AS x, arg_max(centre.cell, array_inner_product(v.x, centre.x), ${CELLS_OF_A_VECTOR}) AS cells
       FROM v, centre GROUP BY v.id)`,
  );
}

/** Vectors have length 1, so that their product is their cosine. */
function pairsSql(count: number, least: number): string {
  const join =
    count > ALL_PAIRS
      ? 'member a JOIN member b ON a.cell = b.cell AND a.id < b.id'
      : 'v a JOIN v b ON a.id < b.id';
  return `WITH pair AS (
      SELECT DISTINCT a.id AS a, b.id AS b, array_inner_product(a.x, b.x) AS score FROM ${join}
      WHERE array_inner_product(a.x, b.x) >= ${least}),
    ends AS (SELECT a AS one, a, b, score FROM pair UNION ALL SELECT b, a, b, score FROM pair)
    SELECT DISTINCT a, b, score FROM ends
    QUALIFY row_number() OVER (PARTITION BY one ORDER BY score DESC, a, b) <= ${NEIGHBOURS}`;
}
