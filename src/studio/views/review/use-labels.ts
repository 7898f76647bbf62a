import { useQuery } from '@tanstack/react-query';
import type { QueuedExample } from '../../../server/http/schemas/queue.ts';
import { countsQuery } from '../../api/queries.ts';

const MOST = 9;

/** What the cell of a row answers most often, for the digits: empty where every answer is another. */
export function useLabels(row: QueuedExample | undefined): readonly string[] {
  const { data } = useQuery({
    ...countsQuery({ cascade_id: row?.cascade_id, cell_name: row?.cell_name }),
    enabled: row !== undefined,
    staleTime: 300_000,
  });
  if (data === undefined) return [];
  const few = data.labels.length <= MOST || data.labels.every(({ count }) => count > 1);
  return few
    ? data.labels
        .slice(0, MOST)
        .map(({ label }) => label)
        .toSorted()
    : [];
}
