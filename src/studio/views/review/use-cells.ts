import { useQuery } from '@tanstack/react-query';
import { optionsQuery } from '../../api/queries.ts';
import type { Option } from '../../components/choice.tsx';

/** The cascades that have calls in the log and are loaded. */
export function useCells(): readonly Option[] {
  const cells = useQuery(optionsQuery()).data?.cells ?? [];
  const names = cells.filter(({ loaded }) => loaded).map(({ cascade_id }) => cascade_id);
  return [...new Set(names)].map((name) => ({ value: name, name }));
}
