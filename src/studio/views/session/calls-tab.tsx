import type { CallGroup, Statement } from '../../../server/http/schemas/calls.ts';
import { useFilters } from '../../hooks/use-filters.ts';
import { CallPane } from './call-pane.tsx';
import { CallTree } from './call-tree.tsx';

interface CallsTabProps {
  readonly statements: readonly Statement[];
  readonly groups: readonly CallGroup[];
}

/** The tree on one side, the call that was chosen in it on the other; both are in the URL. */
export function CallsTab({ statements, groups }: CallsTabProps) {
  const filters = useFilters();
  const traceId = filters.one('call');
  return (
    <div className="split-view" data-open={traceId !== ''}>
      <CallTree
        statements={statements}
        groups={groups}
        open={filters.one('statement') || (statements[0]?.statement_id ?? '')}
        chosen={traceId}
        onChoose={(call) => filters.set({ call })}
      />
      {traceId !== '' && <CallPane traceId={traceId} onClose={() => filters.set({ call: null })} />}
    </div>
  );
}
