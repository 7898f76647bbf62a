import './session.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { CallGroup, Statement } from '../../../server/http/schemas/calls.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/loaded.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { TabsOf } from '../../components/tabs-of.tsx';
import { Tile } from '../../components/tile.tsx';
import { dollars, milliseconds, plural, short } from '../../text/numbers.ts';
import { wholeTime } from '../../text/times.ts';
import { ExampleBrowser } from '../training/example-browser.tsx';
import { CallsTab } from './calls-tab.tsx';
import { SqlTab } from './sql-tab.tsx';

interface Session {
  readonly statements: readonly Statement[];
  readonly groups: readonly CallGroup[];
  readonly total: number;
}

/** One session: its calls as a tree, its SQL, and its examples to mark. */
export default function SessionView({ sessionId }: { readonly sessionId: string }) {
  const query = useQuery(sessionQuery(sessionId));
  return (
    <>
      <PageHead title={`Session ${sessionId.slice(0, 18)}`}>
        <Link href="/sessions">All sessions</Link>
      </PageHead>
      <Loaded query={query}>
        {(session) => (
          <>
            <SessionSums session={session} />
            <TabsOf
              label="Parts of the session"
              tabs={[
                { id: 'calls', name: 'Calls', panel: <CallsTab {...session} /> },
                { id: 'sql', name: 'SQL', panel: <SqlTab statements={session.statements} /> },
                {
                  id: 'training',
                  name: 'Training',
                  panel: <ExampleBrowser fixed={{ session_id: sessionId }} />,
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

function SessionSums({ session }: { readonly session: Session }) {
  const { statements, total } = session;
  const sum = (pick: (one: Statement) => number) => statements.reduce((all, one) => all + pick(one), 0);
  const errors = sum((one) => one.errors);
  return (
    <dl className="tiles">
      <Tile name="Statements" value={short(total)} note={wholeTime(statements.at(-1)?.started_at ?? '')} />
      <Tile
        name="Calls"
        value={short(sum((one) => one.calls))}
        note={errors === 0 ? 'none failed' : `${plural(errors, 'call')} failed`}
      />
      <Tile
        name="Without a call"
        value={short(sum((one) => one.from_memory + one.from_log + one.from_proxy + one.from_human))}
        note="answers"
      />
      <Tile name="Cost" value={dollars(sum((one) => one.cost_usd ?? 0))} />
      <Tile name="Time" value={milliseconds(sum((one) => one.duration_ms))} />
    </dl>
  );
}
