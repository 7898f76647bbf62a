import './operators.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { CascadeDetail } from '../../../server/http/schemas/operators.ts';
import { operatorQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/loaded.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { TabsOf } from '../../components/tabs-of.tsx';
import { Tile } from '../../components/tile.tsx';
import { dollars, milliseconds, short } from '../../text/numbers.ts';
import { SourceTab } from './source-tab.tsx';
import { TestsTab } from './tests-tab.tsx';
import { TryTab } from './try-tab.tsx';

export default function OperatorView({ cascadeId }: { readonly cascadeId: string }) {
  const query = useQuery(operatorQuery(cascadeId));
  return (
    <>
      <PageHead title={cascadeId}>
        <Link href={`/training?cascade_id=${encodeURIComponent(cascadeId)}`}>Its examples</Link>
        <Link href="/operators">All operators</Link>
      </PageHead>
      <Loaded query={query}>{(cascade) => <Cascade cascade={cascade} />}</Loaded>
    </>
  );
}

function Cascade({ cascade }: { readonly cascade: CascadeDetail }) {
  return (
    <>
      <p>{cascade.description}</p>
      <dl className="tiles">
        <Tile name="Calls" value={short(cascade.calls)} note={`${short(cascade.errors)} failed`} />
        <Tile name="Cost" value={dollars(cascade.cost_usd)} />
        <Tile name="Mean time" value={cascade.mean_ms === null ? '–' : milliseconds(cascade.mean_ms)} />
        <Tile name="SQL" value={cascade.function ?? 'rvbbit_run'} note={cascade.keywords.join(', ')} />
      </dl>
      <TabsOf
        label="Parts of the operator"
        tabs={[
          { id: 'try', name: 'Try', panel: <TryTab cascade={cascade} /> },
          { id: 'tests', name: 'Tests', panel: <TestsTab cascade={cascade} /> },
          { id: 'source', name: 'Source', panel: <SourceTab cascade={cascade} /> },
        ]}
      />
    </>
  );
}
