import type { Key } from 'react-aria-components';
import type { CallGroup, Statement } from '../../../server/http/schemas/calls.ts';
import { dollars, plural } from '../../text/numbers.ts';
import { statementTitle } from '../../text/statement-title.ts';
import { shortTime } from '../../text/times.ts';
import { CallItems } from './call-items.tsx';
import { cascadeKey, cellKey, statementKey } from './call-tree.tsx';
import { TreeRow } from './tree-row.tsx';

interface StatementItemProps {
  readonly statement: Statement;
  readonly groups: readonly CallGroup[];
  readonly expanded: ReadonlySet<Key>;
}

export function StatementItem({ statement, groups, expanded }: StatementItemProps) {
  const { statement_id, started_at, errors } = statement;
  const title = statementTitle(statement);
  return (
    <TreeRow
      id={statementKey(statement_id)}
      text={title}
      bad={errors > 0}
      content={
        <>
          <code className="grow">{title}</code>
          <span className="faint">{shortTime(started_at)}</span>
        </>
      }
    >
      {firstOfEach(groups).map((group) => (
        <CascadeItem
          key={group.cascade_id}
          first={group}
          groups={groups.filter(({ cascade_id }) => cascade_id === group.cascade_id)}
          expanded={expanded}
        />
      ))}
    </TreeRow>
  );
}

interface CascadeItemProps {
  readonly first: CallGroup;
  readonly groups: readonly CallGroup[];
  readonly expanded: ReadonlySet<Key>;
}

function CascadeItem({ first, groups, expanded }: CascadeItemProps) {
  const { operator, cascade_id } = first;
  return (
    <TreeRow
      id={cascadeKey(first)}
      text={cascade_id}
      content={
        <>
          <strong className="grow">{operator === null ? cascade_id : `${operator}()`}</strong>
          {operator !== null && operator !== cascade_id && <span className="faint">{cascade_id}</span>}
        </>
      }
    >
      {groups.map((group) => (
        <CellItem key={group.cell_name} group={group} open={expanded.has(cellKey(group))} />
      ))}
    </TreeRow>
  );
}

function CellItem({ group, open }: { readonly group: CallGroup; readonly open: boolean }) {
  const { cell_name, calls, errors, cost_usd, taught } = group;
  return (
    <TreeRow
      id={cellKey(group)}
      text={cell_name}
      bad={errors > 0}
      content={
        <>
          <span className="grow">{cell_name}</span>
          <span className="faint">
            {plural(calls, 'call')}
            {errors > 0 && `, ${errors} failed`}
            {taught > 0 && `, ${taught} with examples`} · {dollars(cost_usd)}
          </span>
        </>
      }
    >
      <CallItems group={group} open={open} />
    </TreeRow>
  );
}

function firstOfEach(groups: readonly CallGroup[]): readonly CallGroup[] {
  return [...new Map(groups.map((group) => [group.cascade_id, group])).values()];
}
