import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { FilterOptions } from '../../../server/http/schemas/examples.ts';
import { optionsQuery } from '../../api/queries.ts';
import type { Filters } from '../../api/queries.ts';
import { Choice } from '../../components/choice.tsx';
import type { Option } from '../../components/choice.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import type { UrlFilters } from '../../hooks/use-filters.ts';
import { whole } from '../../text/numbers.ts';
import { FILTER_NAMES } from './filter-names.ts';

/** Filters that are on, off or indifferent. */
const FLAGS = [
  { name: 'marked', all: 'Marked or not', yes: 'Marked', no: 'Unmarked' },
  { name: 'trainable', all: 'Teaches or not', yes: 'Teaches', no: 'Does not teach' },
  { name: 'verified', all: 'Verified or not', yes: 'Verified', no: 'Not verified' },
  { name: 'conflict', all: 'Conflict or not', yes: 'In conflict', no: 'No conflict' },
  { name: 'stale', all: 'Any prompt', yes: 'Stale', no: 'Current prompt' },
] as const;

const CONFIDENCES: readonly Option[] = ['0.5', '0.8', '0.9', '1'].map((value) => ({
  value,
  name: `Confidence ≥ ${value}`,
}));

interface ExampleFiltersProps {
  readonly url: UrlFilters;
  readonly fixed: Filters;
}

export function ExampleFilters({ url, fixed }: ExampleFiltersProps) {
  const { set } = url;
  const options = useQuery(optionsQuery()).data;
  const search = useCallback((text: string) => set({ search: text }), [set]);
  const active = FILTER_NAMES.filter((name) => !(name in fixed) && url.one(name) !== '');
  return (
    <div className="filters" role="search" aria-label="Filter examples">
      <SearchBox label="Search texts" value={url.one('search')} onChange={search} />
      <CellChoice url={url} options={options} />
      <Choice
        label="Model"
        all="Any model"
        value={url.one('model')}
        options={(options?.models ?? []).map(({ model, count }) => ({
          value: model,
          name: `${model} (${whole(count)})`,
        }))}
        onChange={(model) => set({ model })}
      />
      {FLAGS.map(({ name, all, yes, no }) => (
        <Choice
          key={name}
          label={all}
          all={all}
          value={url.one(name)}
          options={[
            { value: 'true', name: yes },
            { value: 'false', name: no },
          ]}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
      <Choice
        label="Confidence"
        all="Any confidence"
        value={url.one('min_confidence')}
        options={CONFIDENCES}
        onChange={(value) => set({ min_confidence: value })}
      />
      {active.length > 0 && (
        <button
          type="button"
          className="quiet"
          onClick={() => set(Object.fromEntries(active.map((name) => [name, null])))}
        >
          Clear {active.length === 1 ? 'filter' : `${active.length} filters`}
        </button>
      )}
    </div>
  );
}

function CellChoice({
  url,
  options,
}: {
  readonly url: UrlFilters;
  readonly options: FilterOptions | undefined;
}) {
  const cells = options?.cells ?? [];
  const value = [url.one('cascade_id'), url.one('cell_name')].filter((part) => part !== '').join('.');
  return (
    <Choice
      label="Cell"
      all="Any cell"
      value={value}
      options={cells.map(({ cascade_id, cell_name, count }) => ({
        value: `${cascade_id}.${cell_name}`,
        name: `${cascade_id}.${cell_name} (${whole(count)})`,
      }))}
      onChange={(chosen) => {
        const cell = cells.find(({ cascade_id, cell_name }) => `${cascade_id}.${cell_name}` === chosen);
        url.set({ cascade_id: cell?.cascade_id ?? null, cell_name: cell?.cell_name ?? null, label: null });
      }}
    />
  );
}
