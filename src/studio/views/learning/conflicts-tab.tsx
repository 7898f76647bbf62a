import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Conflict } from '../../../server/http/schemas/annotations.ts';
import { conflictsQuery } from '../../api/queries.ts';
import { Empty } from '../../components/empty.tsx';
import { InputList } from '../../components/input-list.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Output } from '../../components/output.tsx';
import type { MarkAction } from '../../marks/mark-action.ts';
import { useMarks } from '../../marks/marks-context.ts';
import { plural } from '../../text/numbers.ts';
import { wholeTime } from '../../text/times.ts';

type Side = Conflict['sides'][number];

/** Examples of the same inputs that teach different outputs. */
export function ConflictsTab() {
  const query = useQuery(conflictsQuery());
  return (
    <Loaded query={query}>
      {({ conflicts, total }) =>
        total === 0 ? (
          <Empty title="No marked examples contradict each other." />
        ) : (
          <>
            <p className="faint">
              {plural(total, 'conflict')}. Choose what is right; the others then teach it too.
            </p>
            {conflicts.map((conflict) => (
              <ConflictCard
                key={conflict.sides.map(({ traces }) => traces[0]?.trace_id).join('/')}
                conflict={conflict}
              />
            ))}
          </>
        )
      }
    </Loaded>
  );
}

function ConflictCard({ conflict }: { readonly conflict: Conflict }) {
  const { act } = useMarks();
  const isNear = conflict.kind === 'near_duplicate';
  return (
    <article className="card" aria-label="Conflict">
      <p className="facts">
        {conflict.cascade_id}.{conflict.cell_name}
      </p>
      {isNear ? (
        <p className="faint">The inputs say nearly the same (similarity {conflict.similarity.toFixed(2)}).</p>
      ) : (
        <InputList inputs={conflict.inputs} />
      )}
      <div className="sides">
        {conflict.sides.map((side) => (
          <section key={side.output} aria-label={`Side: ${side.output}`}>
            {isNear && <InputList inputs={side.traces[0]?.inputs ?? '{}'} />}
            <p>
              <Output output={side.output} />{' '}
              <span className="faint">{plural(side.traces.length, 'example')}</span>
            </p>
            <ul>
              {side.traces.map((trace) => (
                <li key={trace.trace_id}>
                  <Link href={`/training?trace=${encodeURIComponent(trace.trace_id)}`}>
                    {wholeTime(trace.annotated_at)}
                  </Link>
                  , {trace.source}
                  {trace.verified && ', verified'}
                </li>
              ))}
            </ul>
            <button type="button" onClick={() => void act(resolved(conflict, side))}>
              {side.output} is right
            </button>
          </section>
        ))}
      </div>
    </article>
  );
}

/** Every other side is corrected to the one that is right. */
function resolved({ sides }: Conflict, right: Side): MarkAction {
  const wrong = sides.filter((side) => side !== right).flatMap(({ traces }) => traces);
  return {
    label: `Resolved a conflict: ${right.output}`,
    marks: wrong.map(({ trace_id, logged_output }) => ({
      trace_id,
      verified: true,
      correction: logged_output === right.output ? null : right.output,
    })),
    removals: [],
  };
}
