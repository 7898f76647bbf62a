import type { ComparisonRun } from '../../../server/http/schemas/comparisons.ts';
import { postJson } from '../../api/request.ts';
import { dollars, percent, plural, short } from '../../text/numbers.ts';
import { ChangedRows } from './changed-rows.tsx';
import { DeltaBar } from './delta-bar.tsx';

/** From here on a run may be stopped: on equal arms it is reached in at most 5 % of runs, however often one looks. */
const ALARM = 20;

type Result = NonNullable<ComparisonRun['so_far']>;

/** One comparison: its verdict as it goes, what it cost, and the rows that changed. */
export function ComparisonCard({ run }: { readonly run: ComparisonRun }) {
  const { request, state, so_far, report, error, run_id } = run;
  return (
    <article className="card comparison" aria-label={`Comparison of ${request.cascade_id}`}>
      <div className="pane-head">
        <h2>
          {report === null ? request.cascade_id : `${report.cascade}.${report.cell}`}: {armNames(run)}
        </h2>
        {state === 'running' && (
          <button
            type="button"
            className="bad"
            onClick={() => void postJson('/api/training/ab/cancel', { run_id })}
          >
            Cancel
          </button>
        )}
      </div>
      <p className="facts">
        <span>{run.started_at.slice(0, 19).replace('T', ' ')} UTC</span>
        <span>{state}</span>
        <span>
          {plural(so_far?.n ?? 0, 'row')} of at most {short(request.sample)}
        </span>
        {state === 'running' && (
          <progress value={so_far?.n ?? 0} max={request.sample} aria-label="Rows compared" />
        )}
      </p>
      {error !== null && <p className="failure">{error}</p>}
      {so_far !== null && <Verdict result={so_far} running={state === 'running'} />}
      {report !== null && (
        <>
          <Costs report={report} />
          {report.notes.map((note) => (
            <p key={note} className="note">
              {note}
            </p>
          ))}
          <ChangedRows rows={report.changed} />
        </>
      )}
    </article>
  );
}

function armNames({ report, request }: ComparisonRun): string {
  if (report !== null) return `${report.armA} against ${report.armB}`;
  const [first, second] = request.strategies;
  if (second !== undefined) return `${first} against ${second}`;
  return `without training against ${first ?? 'the cell’s own settings'}`;
}

function Verdict({ result, running }: { readonly result: Result; readonly running: boolean }) {
  const { n, accuracyA, accuracyB, wins, losses, midP, eValue } = result;
  const alarm = eValue >= ALARM;
  return (
    <>
      <p className="verdict" data-alarm={alarm} role={running ? undefined : 'status'}>
        {verdictText(result)}
        {running && (alarm ? ' – sure enough to stop' : ' – so far')}
      </p>
      <DeltaBar {...result} />
      <dl className="fact-list">
        <Fact
          name="Accuracy"
          value={`A ${percent(accuracyA)}, B ${percent(accuracyB)} of ${plural(n, 'row')}`}
        />
        <Fact name="Only one is right" value={`B in ${wins}, A in ${losses}`} />
        <Fact
          name="e-value"
          value={`${eValue.toPrecision(3)} (${ALARM} or more settles it, whenever you look)`}
        />
        <Fact name="McNemar mid-p" value={`${midP.toPrecision(2)} (for the end only)`} />
      </dl>
    </>
  );
}

function verdictText({ verdict, wins, losses }: Result): string {
  if (verdict !== 'insufficient') return verdict.charAt(0).toUpperCase() + verdict.slice(1);
  return `Insufficient: the arms differ in ${plural(wins + losses, 'row')} alone`;
}

function Costs({ report }: { readonly report: NonNullable<ComparisonRun['report']> }) {
  const { spentA, spentB, costOfErrorAvoided } = report;
  return (
    <dl className="fact-list">
      <Fact name="Cost of A" value={`${dollars(spentA.costUsd)}, ${short(spentA.tokens)} tokens`} />
      <Fact name="Cost of B" value={`${dollars(spentB.costUsd)}, ${short(spentB.tokens)} tokens`} />
      <Fact
        name="An error avoided"
        value={costOfErrorAvoided === null ? 'none was avoided' : `costs ${signed(costOfErrorAvoided)}`}
      />
    </dl>
  );
}

function signed(cost: number): string {
  return cost < 0 ? `${dollars(-cost)} less than nothing` : dollars(cost);
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
