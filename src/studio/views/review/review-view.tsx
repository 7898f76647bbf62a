import './review.css';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { queueQuery } from '../../api/queries.ts';
import type { Filters } from '../../api/queries.ts';
import { Choice } from '../../components/choice.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useFilters } from '../../hooks/use-filters.ts';
import { plural } from '../../text/numbers.ts';
import { FILTER_NAMES } from '../training/filter-names.ts';
import { useCells } from './use-cells.ts';
import { ReviewBatch } from './review-batch.tsx';

/** Rows in one sitting. */
const BATCH = 50;

/** One call at a time, those first that teach most. */
export default function ReviewView() {
  const url = useFilters();
  const cells = useCells();
  const filters = useMemo<Filters>(() => url.pick(FILTER_NAMES), [url]);
  const [sitting, setSitting] = useState(0);
  return (
    <>
      <PageHead title="Review">
        <Choice
          label="Cascade"
          all="All cascades"
          value={url.one('cascade_id')}
          options={cells}
          onChange={(cascade_id) => url.set({ cascade_id })}
        />
      </PageHead>
      <Sitting
        key={`${sitting}/${JSON.stringify(filters)}`}
        filters={filters}
        onNext={() => setSitting((before) => before + 1)}
      />
    </>
  );
}

function Sitting({ filters, onNext }: { readonly filters: Filters; readonly onNext: () => void }) {
  // A queue that is read again while somebody works through it would put other rows under their fingers.
  const query = useQuery({
    ...queueQuery(filters, BATCH),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnMount: 'always',
  });
  return (
    <Loaded query={query}>
      {({ examples, total }) =>
        examples.length === 0 ? (
          <Empty title="Nothing is left to review here.">
            <p>Every call of the present prompts has a mark.</p>
          </Empty>
        ) : (
          <>
            <p className="faint">{plural(total, 'call')} without a mark</p>
            <ReviewBatch rows={examples} onNext={onNext} />
          </>
        )
      }
    </Loaded>
  );
}
