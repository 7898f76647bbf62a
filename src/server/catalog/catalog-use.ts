import { CATALOG_FUNCTIONS } from './catalog-functions.ts';

const OBJECT = /rvbbit_catalog\.(pg|info)\."?(\w+)"?/g;

export interface CatalogUse {
  readonly catalogObjects: ReadonlySet<string>;
  readonly readsSnapshot: boolean;
}

/** Macros of the foundation that read nothing. */
const PURE: ReadonlySet<string> = new Set(['_base_title', '_quote_identifier']);

const sources: ReadonlyMap<string, string> = new Map(CATALOG_FUNCTIONS.map(({ name, sql }) => [name, sql]));

/** What of the catalogue a statement uses, once its names have been requalified. */
export function catalogUse(sql: string): CatalogUse {
  const objects = new Set<string>();
  let readsSnapshot = false;
  for (const [, , name = ''] of sql.matchAll(OBJECT)) {
    objects.add(name);
    readsSnapshot ||= readsTables(name);
  }
  return { catalogObjects: objects, readsSnapshot };
}

/** A relation, or a macro that reads the snapshot itself or through another macro. */
function readsTables(name: string): boolean {
  const source = sources.get(name);
  if (source === undefined || source.includes('temp.main._rvbbit')) return !PURE.has(name);
  return [...source.matchAll(OBJECT)].some(([, , used = '']) => used !== name && readsTables(used));
}
