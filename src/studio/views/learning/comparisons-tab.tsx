import { useQuery } from '@tanstack/react-query';
import { comparisonsQuery } from '../../api/queries.ts';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { ComparisonCard } from './comparison-card.tsx';
import { ComparisonForm } from './comparison-form.tsx';

const EVERY_MS = 1_000;

/** Two ways of training asked about the same marked rows: whether examples are what makes answers right. */
export function ComparisonsTab() {
  const query = useQuery({
    ...comparisonsQuery(),
    refetchInterval: ({ state }) =>
      state.data?.runs.some((run) => run.state === 'running') === true ? EVERY_MS : false,
  });
  return (
    <>
      <ComparisonForm onStarted={() => void query.refetch()} />
      <Loaded query={query}>
        {({ runs }) =>
          runs.length === 0 ? (
            <Empty title="Nothing was compared yet.">
              <p>A comparison asks the model about marked rows, each without the help of its own likes.</p>
            </Empty>
          ) : (
            runs.map((run) => <ComparisonCard key={run.run_id} run={run} />)
          )
        }
      </Loaded>
    </>
  );
}
