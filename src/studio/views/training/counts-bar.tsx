import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { countsQuery } from '../../api/queries.ts';
import type { Filters } from '../../api/queries.ts';
import type { UrlFilters } from '../../hooks/use-filters.ts';
import { plural, whole } from '../../text/numbers.ts';

/** How many examples the filters leave, by mark and by label. A label is a filter too. */
export function CountsBar({ filters, url }: { readonly filters: Filters; readonly url: UrlFilters }) {
  const counts = useQuery({ ...countsQuery(filters), placeholderData: keepPreviousData }).data;
  const chosen = url.all('label');
  if (counts === undefined) return <p className="counts">Counting…</p>;
  return (
    <div className="counts">
      <span>
        <strong>{plural(counts.total, 'example')}</strong>, {whole(counts.marked)} marked,{' '}
        {whole(counts.trainable)} teach, {whole(counts.verified)} verified, {whole(counts.corrected)}{' '}
        corrected
      </span>
      <span className="label-counts" role="group" aria-label="Labels">
        {counts.labels.map(({ label, count }) => (
          <button
            key={label}
            type="button"
            className="label-count"
            aria-pressed={chosen.includes(label)}
            onClick={() => url.set({ label: toggled(chosen, label) })}
          >
            {label === '' ? 'empty' : label} <span className="count">{whole(count)}</span>
          </button>
        ))}
      </span>
    </div>
  );
}

function toggled(chosen: readonly string[], label: string): readonly string[] {
  return chosen.includes(label) ? chosen.filter((one) => one !== label) : [...chosen, label];
}
