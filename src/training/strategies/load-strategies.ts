import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StartupError, messageOf } from '../../errors.ts';
import type { Example } from '../example.ts';
import { selectByRank } from './select-by-rank.ts';
import type { Candidates, Strategy } from './strategy.ts';

/** A strategy as a user writes it: the examples in the order of their worth, best first. */
interface RankingStrategy {
  readonly name: string;
  rank(examples: readonly Example[], candidates: Candidates): readonly Example[];
}

/**
 * The strategies of a folder, one `.js` or `.mjs` file each, whose default export has a `name` and a `rank`, or the
 * whole of a Strategy. None where there is no folder. Throws StartupError that names the file.
 */
export async function loadStrategies(folder: string): Promise<readonly Strategy[]> {
  const files = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new StartupError(`the strategies in ${folder} cannot be read: ${messageOf(error)}`);
  });
  const own = files.filter((file) => /\.m?js$/.test(file)).sort();
  return Promise.all(own.map((file) => loadStrategy(join(folder, file))));
}

async function loadStrategy(file: string): Promise<Strategy> {
  try {
    const loaded = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
    return strategyOf(loaded.default);
  } catch (error) {
    throw new StartupError(
      `the training strategy ${file} cannot be loaded: ${messageOf(error)}`,
      "A file says: export default { name: 'oldest', rank: (examples) => examples.toReversed() }",
      error,
    );
  }
}

function strategyOf(given: unknown): Strategy {
  if (typeof given !== 'object' || given === null) throw new Error('its default export is no object');
  const { name, select, rank } = given as Partial<Strategy & RankingStrategy>;
  if (typeof name !== 'string' || name === '') throw new Error('it has no name');
  if (typeof select === 'function') return given as Strategy;
  if (typeof rank !== 'function') throw new Error('it has neither a rank nor a select');
  return Object.freeze({
    name,
    select: (candidates: Candidates) => selectByRank(rankedBy(name, rank, candidates), candidates),
  });
}

/** Only examples that were given may be taken, each once. */
function rankedBy(name: string, rank: RankingStrategy['rank'], candidates: Candidates): readonly Example[] {
  const ranked: unknown = rank(candidates.examples, candidates);
  if (!Array.isArray(ranked)) throw new Error(`the training strategy "${name}" gave no list of examples`);
  const given = new Set(candidates.examples);
  return [...new Set(ranked as readonly Example[])].filter((example) => given.has(example));
}
