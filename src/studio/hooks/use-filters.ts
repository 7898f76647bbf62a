import { useCallback, useMemo } from 'react';
import { useSearch, useLocation } from 'wouter';

export type FilterValue = string | readonly string[] | null;

export interface UrlFilters {
  /** The first value; empty where there is none. */
  one(name: string): string;
  all(name: string): readonly string[];
  /** null, '' and [] take the filter away. */
  set(changes: Readonly<Record<string, FilterValue>>): void;
  /** Every filter of the URL that is among the names, for a request. */
  pick(names: readonly string[]): Readonly<Record<string, readonly string[]>>;
}

/** The filters of a view live in its URL: a reload or a copied link shows the same. */
export function useFilters(): UrlFilters {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const set = useCallback(
    (changes: Readonly<Record<string, FilterValue>>) => {
      const next = changed(new URLSearchParams(window.location.search), changes).toString();
      navigate(next === '' ? path : `${path}?${next}`, { replace: true });
    },
    [navigate, path],
  );
  return useMemo(
    () => ({
      one: (name) => params.get(name) ?? '',
      all: (name) => params.getAll(name),
      set,
      pick: (names) =>
        Object.fromEntries(
          names.filter((name) => params.has(name)).map((name) => [name, params.getAll(name)]),
        ),
    }),
    [params, set],
  );
}

function changed(params: URLSearchParams, changes: Readonly<Record<string, FilterValue>>): URLSearchParams {
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    const values = value === null ? [] : [value].flat();
    for (const one of values) if (one !== '') params.append(name, one);
  }
  return params;
}
