import { useState } from 'react';
import { Tree } from 'react-aria-components';
import type { Key } from 'react-aria-components';
import type { CallGroup, Statement } from '../../../server/http/schemas/calls.ts';
import { StatementItem } from './statement-item.tsx';

interface CallTreeProps {
  readonly statements: readonly Statement[];
  readonly groups: readonly CallGroup[];
  /** Statement that is open at first. */
  readonly open: string;
  /** Trace id; '' where none is. */
  readonly chosen: string;
  readonly onChoose: (traceId: string) => void;
}

/** statement → operator and cascade → cell → call. Calls are fetched when their cell is opened. */
export function CallTree({ statements, groups, open, chosen, onChoose }: CallTreeProps) {
  const [expanded, setExpanded] = useState<ReadonlySet<Key>>(() => firstOpen(groups, open));
  return (
    <Tree
      aria-label="Calls"
      className="tree"
      selectionMode="single"
      selectedKeys={chosen === '' ? [] : [`call:${chosen}`]}
      expandedKeys={expanded}
      onExpandedChange={setExpanded}
      onSelectionChange={(keys) => choose(keys, onChoose)}
    >
      {statements.map((statement) => (
        <StatementItem
          key={statement.statement_id}
          statement={statement}
          groups={groups.filter((group) => group.statement_id === statement.statement_id)}
          expanded={expanded}
        />
      ))}
    </Tree>
  );
}

function choose(keys: 'all' | ReadonlySet<Key>, onChoose: (traceId: string) => void): void {
  const [key] = keys === 'all' ? [] : [...keys];
  if (typeof key === 'string' && key.startsWith('call:')) onChoose(key.slice('call:'.length));
}

/** The statement and all its cells. */
function firstOpen(groups: readonly CallGroup[], statementId: string): ReadonlySet<Key> {
  const own = groups.filter((group) => group.statement_id === statementId);
  return new Set([statementKey(statementId), ...own.flatMap((group) => [cascadeKey(group), cellKey(group)])]);
}

export function statementKey(statementId: string): string {
  return `statement:${statementId}`;
}

export function cascadeKey({ statement_id, cascade_id }: CallGroup): string {
  return `cascade:${JSON.stringify([statement_id, cascade_id])}`;
}

export function cellKey({ statement_id, cascade_id, cell_name }: CallGroup): string {
  return `cell:${JSON.stringify([statement_id, cascade_id, cell_name])}`;
}
