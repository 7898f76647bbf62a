import './operators.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { CascadeSummary } from '../../../server/http/schemas/operators.ts';
import { operatorsQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/loaded.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { useFilters } from '../../hooks/use-filters.ts';
import { dollars, milliseconds, plural } from '../../text/numbers.ts';

/** The library of cascades. */
export default function OperatorsView() {
  const url = useFilters();
  const query = useQuery(operatorsQuery());
  const search = url.one('search').toLowerCase();
  return (
    <>
      <PageHead title="Operators">
        <SearchBox
          label="Search operators"
          value={url.one('search')}
          onChange={(text) => url.set({ search: text })}
        />
      </PageHead>
      <Loaded query={query}>
        {({ operators }) => (
          <ul className="library">
            {operators
              .filter((one) => textOf(one).includes(search))
              .map((one) => (
                <li key={one.cascade_id} className="card">
                  <OperatorCard operator={one} />
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}

function OperatorCard({ operator }: { readonly operator: CascadeSummary }) {
  const { cascade_id, description, keywords, cells, calls, cost_usd, mean_ms, tests } = operator;
  return (
    <>
      <h2>
        <Link href={`/operators/${encodeURIComponent(cascade_id)}`}>{cascade_id}</Link>
      </h2>
      <p>{description}</p>
      <p className="tags">
        {keywords.map((keyword) => (
          <code key={keyword} className="keyword">
            {keyword}
          </code>
        ))}
        {operator.function === null && <span className="tag">no SQL function</span>}
        {cells.some(({ trains }) => trains) && <span className="tag">trains</span>}
      </p>
      <p className="facts">
        <span>{plural(cells.length, 'cell')}</span>
        <span>{plural(tests, 'test')}</span>
        <span>{plural(calls, 'call')}</span>
        <span>{dollars(cost_usd)}</span>
        {mean_ms !== null && <span>{milliseconds(mean_ms)} a call</span>}
      </p>
    </>
  );
}

function textOf({ cascade_id, description, keywords }: CascadeSummary): string {
  return [cascade_id, description, ...keywords].join(' ').toLowerCase();
}
