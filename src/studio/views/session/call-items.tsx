import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Call, CallGroup } from '../../../server/http/schemas/calls.ts';
import { callsQuery } from '../../api/queries.ts';
import { messageOf } from '../../api/request.ts';
import { Output } from '../../components/output.tsx';
import { inputFields, mainField } from '../../text/input-fields.ts';
import { milliseconds } from '../../text/numbers.ts';
import { TreeRow } from './tree-row.tsx';

const STEP = 100;
/** What the server gives at once. */
const MOST = 1_000;

/** The calls of one cell, fetched when it is open. */
export function CallItems({ group, open }: { readonly group: CallGroup; readonly open: boolean }) {
  const { statement_id, cascade_id, cell_name } = group;
  const [limit, setLimit] = useState(STEP);
  const query = useQuery({
    ...callsQuery(statement_id, { cascade_id, cell_name, limit }),
    enabled: open,
    placeholderData: (before) => before,
  });
  const key = [statement_id, cascade_id, cell_name].join('/');
  if (query.isError) return <Note id={`failed:${key}`} text={messageOf(query.error)} />;
  if (query.data === undefined) return <Note id={`waiting:${key}`} text="Loading…" />;
  const { calls } = query.data;
  return (
    <>
      {calls.map((call) => (
        <CallItem key={call.trace_id} call={call} />
      ))}
      {group.calls > calls.length && (
        <More
          key="more"
          id={`more:${key}`}
          shown={calls.length}
          group={group}
          onMore={() => setLimit(limit + STEP)}
        />
      )}
    </>
  );
}

function CallItem({ call }: { readonly call: Call }) {
  const text = mainField(inputFields(call.inputs))?.text ?? '';
  return (
    <TreeRow
      id={`call:${call.trace_id}`}
      text={text}
      bad={call.error !== null}
      content={
        <>
          <span className="grow cut">{text}</span>
          {call.source !== 'model' && <span className="tag">{call.source}</span>}
          {call.examples > 0 && <span className="tag">{call.examples} examples</span>}
          {call.error === null ? <Output output={call.output} /> : <span className="bad-text">failed</span>}
          <span className="faint">{milliseconds(call.duration_ms)}</span>
        </>
      }
    />
  );
}

function Note({ id, text }: { readonly id: string; readonly text: string }) {
  return <TreeRow id={id} text={text} content={<span className="faint">{text}</span>} />;
}

interface MoreProps {
  readonly id: string;
  readonly shown: number;
  readonly group: CallGroup;
  readonly onMore: () => void;
}

function More({ id, shown, group, onMore }: MoreProps) {
  const rest = `${shown} of ${group.calls} shown`;
  return (
    <TreeRow
      id={id}
      text={rest}
      content={
        <>
          <span className="faint">{rest}</span>
          {shown < MOST && (
            <button type="button" className="quiet" onClick={onMore}>
              Show more
            </button>
          )}
        </>
      }
    />
  );
}
