import type { CatalogFunction } from '../relation.ts';

/** Patterns against each element of an array. */
export const patterns: readonly CatalogFunction[] = [
  ...['like', 'ilike'].flatMap((kind) => {
    const operator = kind.toUpperCase();
    return [
      arrayMatch(`_${kind}_any`, 'list_bool_or', `l_text ${operator} p ESCAPE '\\'`, false),
      arrayMatch(`_not_${kind}_any`, 'list_bool_or', `l_text NOT ${operator} p ESCAPE '\\'`, false),
      arrayMatch(`_${kind}_all`, 'list_bool_and', `l_text ${operator} p ESCAPE '\\'`, true),
      arrayMatch(`_not_${kind}_all`, 'list_bool_and', `l_text NOT ${operator} p ESCAPE '\\'`, true),
    ];
  }),
  {
    name: '_regexp_any',
    sql: `(l_text, l_list, l_prefix, l_negated) AS
      list_bool_or(list_transform(l_list, lambda p: regexp_matches(l_text, l_prefix || p) <> l_negated))`,
    returns: 'bool',
  },
];

function arrayMatch(name: string, aggregate: string, condition: string, empty: boolean): CatalogFunction {
  const sql = `(l_text, l_list) AS CASE WHEN len(l_list) = 0 THEN ${empty} ELSE ${aggregate}(list_transform(l_list, lambda p: ${condition})) END`;
  return { name, sql, returns: 'bool' };
}
