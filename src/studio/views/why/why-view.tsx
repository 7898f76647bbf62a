import '../training/training.css';
import './why.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { RowExplanation } from '../../../server/http/schemas/explain.ts';
import { exampleQuery, explainQuery } from '../../api/queries.ts';
import { InputList } from '../../components/input-list.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MarkButtons } from '../../components/mark-buttons.tsx';
import { Output } from '../../components/output.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { TabsOf } from '../../components/tabs-of.tsx';
import { NowTab } from './now-tab.tsx';
import { ThenTab } from './then-tab.tsx';

/** Which examples taught a row, and the prompt with and without them. */
export default function WhyView({ traceId }: { readonly traceId: string }) {
  const query = useQuery(explainQuery(traceId));
  return (
    <>
      <PageHead title="Why this answer">
        <Link href={`/training?trace=${encodeURIComponent(traceId)}`}>In training</Link>
      </PageHead>
      <RowInQuestion traceId={traceId} />
      <Loaded query={query}>{(explanation) => <Explained explanation={explanation} />}</Loaded>
    </>
  );
}

/** A call that failed is no example; its explanation is shown all the same. */
function RowInQuestion({ traceId }: { readonly traceId: string }) {
  const { data: row } = useQuery(exampleQuery(traceId));
  if (row === undefined) return null;
  return (
    <div className="card why-row">
      <InputList inputs={row.inputs} />
      <Output output={row.output} correction={row.correction} />
      <MarkButtons row={row} />
    </div>
  );
}

function Explained({ explanation }: { readonly explanation: RowExplanation }) {
  return (
    <TabsOf
      label="When"
      tabs={[
        { id: 'now', name: 'Asked again now', panel: <NowTab now={explanation.now} /> },
        { id: 'then', name: 'As it was asked', panel: <ThenTab {...explanation} /> },
      ]}
    />
  );
}
