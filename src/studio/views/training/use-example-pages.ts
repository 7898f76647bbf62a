import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ExamplePage, ExampleRow } from '../../../server/http/schemas/examples.ts';
import { PAGE_ROWS, examplesQuery, newestQuery } from '../../api/queries.ts';
import type { Filters } from '../../api/queries.ts';

export interface ExamplePages {
  readonly total: number;
  /** Calls logged since the list was opened; they would shift its rows. */
  readonly newer: number;
  showNewer(): void;
  /** undefined while its page is on its way. */
  rowAt(index: number): ExampleRow | undefined;
  readonly error: unknown;
  readonly waiting: boolean;
}

interface Pinned {
  readonly filters: Filters;
  readonly asOf: number;
}

/** Rows `first` to `last` of the list, its end fixed at the moment when it was opened, by pages. */
export function useExamplePages(filters: Filters, first: number, last: number): ExamplePages {
  const newest = useQuery({ ...newestQuery(filters), placeholderData: keepPreviousData });
  const [pinned, setPinned] = useState<Pinned | null>(null);
  const fresh = newest.data !== undefined && !newest.isPlaceholderData;
  if (fresh && pinned?.filters !== filters) setPinned({ filters, asOf: newest.data.as_of });
  const asOf = pinned?.filters === filters ? pinned.asOf : undefined;
  const numbers = asOf === undefined ? [] : pageNumbers(first, last);
  const pages = useQueries({
    queries: numbers.map((page) => ({
      ...examplesQuery({ ...filters, as_of: asOf }, page),
      placeholderData: keepPreviousData<ExamplePage>,
    })),
  });
  const byNumber = new Map(numbers.map((number, at) => [number, pages[at]]));
  const total = pages[0]?.data?.total ?? newest.data?.total ?? 0;
  const showNewer = useCallback(() => setPinned(null), []);
  return {
    total,
    newer: fresh && asOf !== undefined && newest.data.as_of > asOf ? newest.data.total - total : 0,
    showNewer,
    rowAt: (index) => rowOf(byNumber.get(Math.floor(index / PAGE_ROWS))?.data, index),
    error: newest.error ?? pages.find((page) => page.isError)?.error,
    waiting: newest.data === undefined,
  };
}

function pageNumbers(first: number, last: number): readonly number[] {
  const from = Math.floor(first / PAGE_ROWS);
  const to = Math.floor(Math.max(first, last) / PAGE_ROWS);
  return Array.from({ length: to - from + 1 }, (_unused, at) => from + at);
}

/** Data of another page, kept while this one is on its way, is no row of this one. */
function rowOf(page: ExamplePage | undefined, index: number): ExampleRow | undefined {
  return page === undefined ? undefined : page.examples[index - page.offset];
}
