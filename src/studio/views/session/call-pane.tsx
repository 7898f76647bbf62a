import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { WholeCall } from '../../../server/http/schemas/calls.ts';
import { callQuery } from '../../api/queries.ts';
import { InputList } from '../../components/input-list.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MarkButtons } from '../../components/mark-buttons.tsx';
import { Messages } from '../../components/messages.tsx';
import { Output } from '../../components/output.tsx';
import { dollars, milliseconds, whole } from '../../text/numbers.ts';
import { wholeTime } from '../../text/times.ts';
import { messagesOf, replyOf } from '../../text/wire-messages.ts';

interface CallPaneProps {
  readonly traceId: string;
  readonly onClose: () => void;
}

/** Everything about one call: inputs, examples, the full prompt, the reply, and what it cost. */
export function CallPane({ traceId, onClose }: CallPaneProps) {
  const query = useQuery(callQuery(traceId));
  return (
    <aside className="pane" aria-label="Call">
      <div className="pane-head">
        <h2>Call</h2>
        <button type="button" className="quiet" onClick={onClose} aria-label="Close">
          ✕
        </button>
      </div>
      <Loaded query={query}>{(whole) => <CallDetail whole={whole} />}</Loaded>
    </aside>
  );
}

function CallDetail({ whole: { call, examples, example } }: { readonly whole: WholeCall }) {
  return (
    <>
      <CallFacts call={call} />
      {call.error !== null && <p className="failure">{call.error}</p>}
      {call.training_trouble !== null && <p className="failure">Without examples: {call.training_trouble}</p>}
      <InputList inputs={call.inputs} />
      {example !== null && (
        <>
          <p>
            <Output output={example.output} correction={example.correction} />
          </p>
          <MarkButtons row={example} />
        </>
      )}
      <p>
        <Link href={`/why/${encodeURIComponent(call.trace_id)}`}>Why this answer</Link>
      </p>
      <h3>Examples in the prompt</h3>
      {examples.length === 0 ? (
        <p className="faint">None.</p>
      ) : (
        <ol className="example-list">
          {examples.map((one) => (
            <li key={one.trace_id}>
              <InputList inputs={one.inputs} />
              <Output output={one.correction ?? one.output} />
            </li>
          ))}
        </ol>
      )}
      <h3>Prompt</h3>
      <Messages messages={messagesOf(call.request)} raw={call.request} />
      <h3>Reply</h3>
      <pre className="prompt" tabIndex={0}>
        {replyOf(call.response)}
      </pre>
    </>
  );
}

function answererOf({ source, provider, model }: WholeCall['call']): string {
  if (source === 'human') return 'a person, who verified it: no call was made';
  return source === 'proxy' ? `a proxy over ${model}: the model was not asked` : `${provider}/${model}`;
}

function CallFacts({ call }: { readonly call: WholeCall['call'] }) {
  const facts = [
    ['When', wholeTime(call.timestamp)],
    ['Cell', `${call.cascade_id}.${call.cell_name}`],
    ['Answered by', answererOf(call)],
    [
      'Tokens',
      `${whole(call.tokens_in)} in, ${whole(call.tokens_out)} out, ${whole(call.tokens_cached)} cached`,
    ],
    ['Cost', dollars(call.cost_usd)],
    ['Time', milliseconds(call.duration_ms)],
    ['Attempt', `${call.attempt} (${call.retries} network retries), take ${call.take}`],
    ['Trace', call.trace_id],
  ] as const;
  return (
    <dl className="fact-list">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
