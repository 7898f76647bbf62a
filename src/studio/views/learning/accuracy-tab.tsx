import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy } from 'react';
import type { Accuracy } from '../../../server/http/schemas/overview.ts';
import { accuracyQuery } from '../../api/queries.ts';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { AccuracyTable } from './accuracy-table.tsx';

const AccuracyChart = lazy(() => import('./accuracy-chart.tsx'));
const DAYS = 90;

export function AccuracyTab() {
  const query = useQuery(accuracyQuery(DAYS));
  return (
    <Loaded query={query}>
      {({ points }) =>
        points.length === 0 ? (
          <Empty title="Nobody has judged a call yet.">
            <p>
              Accept, reject or correct some: then this shows how many were right, with and without examples.
            </p>
          </Empty>
        ) : (
          <>
            <p className="faint">
              Of the calls that people judged in the last {DAYS} days. They choose what they judge, so this
              tells how things go, not whether examples are the cause.
            </p>
            <AccuracyTable points={points} />
            {cascadesOf(points).map((cascade) => (
              <section key={cascade} aria-label={cascade}>
                <h2>{cascade}</h2>
                <Suspense fallback={<Waiting what="Drawing" />}>
                  <AccuracyChart cascade={cascade} points={points} />
                </Suspense>
              </section>
            ))}
          </>
        )
      }
    </Loaded>
  );
}

function cascadesOf(points: Accuracy['points']): readonly string[] {
  return [...new Set(points.map(({ cascade_id }) => cascade_id))];
}
