import { seededRandom } from './seeded-random.ts';

const RESAMPLES = 2_000;
const SEED = 20_011;

/**
 * The 95 % interval of the mean difference by a bootstrap over clusters: rows that are nearly the same are drawn
 * together. `clusters` hold the differences of their rows. [0, 0] of no rows.
 */
export function pairedInterval(clusters: readonly (readonly number[])[]): readonly [number, number] {
  if (clusters.length === 0) return [0, 0];
  const sums = clusters.map((differences) => differences.reduce((sum, one) => sum + one, 0));
  const sizes = clusters.map((differences) => differences.length);
  const random = seededRandom(SEED);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    let size = 0;
    for (let draw = 0; draw < clusters.length; draw += 1) {
      const at = Math.floor(random() * clusters.length);
      sum += sums[at] as number;
      size += sizes[at] as number;
    }
    return sum / size;
  }).sort();
  return [means[Math.floor(RESAMPLES * 0.025)] as number, means[Math.ceil(RESAMPLES * 0.975) - 1] as number];
}
