import { arithmetic } from './functions/arithmetic.ts';
import { arrays } from './functions/arrays.ts';
import { comments } from './functions/comments.ts';
import { definitions } from './functions/definitions.ts';
import { jsonFunctions } from './functions/json.ts';
import { objectNames } from './functions/object-names.ts';
import { patterns } from './functions/patterns.ts';
import { privileges } from './functions/privileges.ts';
import { quoting } from './functions/quoting.ts';
import { sessionFunctions } from './functions/session.ts';
import { sizes } from './functions/sizes.ts';
import { textFunctions } from './functions/text.ts';
import { timeFunctions } from './functions/time.ts';
import { visibility } from './functions/visibility.ts';
import type { CatalogFunction } from './relation.ts';

/** In the order of creation: a macro may call those before it. */
export const CATALOG_FUNCTIONS: readonly CatalogFunction[] = [
  ...objectNames,
  ...sessionFunctions,
  ...visibility,
  ...privileges,
  ...comments,
  ...definitions,
  ...sizes,
  ...arrays,
  ...quoting,
  ...patterns,
  ...arithmetic,
  ...textFunctions,
  ...timeFunctions,
  ...jsonFunctions,
];

const byName: ReadonlyMap<string, CatalogFunction> = new Map(
  CATALOG_FUNCTIONS.map((entry) => [entry.name, entry]),
);

/** The macro that stands for one of PostgreSQL's functions; undefined where DuckDB's own serves. */
export function catalogFunction(name: string): CatalogFunction | undefined {
  return byName.get(name);
}
