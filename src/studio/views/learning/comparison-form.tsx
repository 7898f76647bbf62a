import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { operatorsQuery } from '../../api/queries.ts';
import { postJson } from '../../api/request.ts';
import { Failure } from '../../components/failure.tsx';
import { useFilters } from '../../hooks/use-filters.ts';

const STRATEGIES = ['recent', 'high_confidence', 'random', 'semantic'] as const;
const SAMPLES = ['50', '100', '200', '500', '1000'] as const;

/** '' stands for "without examples" in the first arm, and for the cell's own settings in the second. */
interface Arms {
  readonly a: string;
  readonly b: string;
}

/** What to compare. Without a choice: no examples against the settings that the cell has. */
export function ComparisonForm({ onStarted }: { readonly onStarted: () => void }) {
  const url = useFilters();
  const operators = useQuery(operatorsQuery()).data?.operators ?? [];
  const training = operators.filter(({ cells }) => cells.some(({ trains }) => trains));
  const busiest = training.toSorted((one, other) => other.calls - one.calls)[0]?.cascade_id ?? '';
  const cascade = url.one('cascade_id') || busiest;
  const [arms, setArms] = useState<Arms>({ a: '', b: '' });
  const [sample, setSample] = useState('200');
  const start = useMutation({
    mutationFn: () =>
      postJson<{ run_id: string }>('/api/training/ab/runs', {
        cascade_id: cascade,
        sample: Number(sample),
        strategies: strategiesOf(arms),
      }),
    onSuccess: onStarted,
  });
  return (
    <form
      className="comparison-form"
      aria-label="New comparison"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <Pick label="Cascade" value={cascade} onChange={(cascade_id) => url.set({ cascade_id })}>
        {training.map(({ cascade_id }) => [cascade_id, cascade_id])}
      </Pick>
      <Pick label="Arm A" value={arms.a} onChange={(a) => setArms({ ...arms, a })}>
        {[['', 'without examples'], ...STRATEGIES.map((name) => [name, name] as const)]}
      </Pick>
      <Pick label="Arm B" value={arms.b} onChange={(b) => setArms({ ...arms, b })}>
        {[['', 'as the cell is set'], ...STRATEGIES.map((name) => [name, name] as const)]}
      </Pick>
      <Pick label="At most" value={sample} onChange={setSample}>
        {SAMPLES.map((rows) => [rows, `${rows} rows`])}
      </Pick>
      <button type="submit" className="main" disabled={cascade === '' || start.isPending || isUnclear(arms)}>
        Compare
      </button>
      {isUnclear(arms) && <span className="faint">Name a strategy for arm B too.</span>}
      {start.isError && <Failure error={start.error} />}
    </form>
  );
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: readonly (readonly [value: string, name: string] | readonly string[])[];
}

function Pick({ label, value, onChange, children }: PickProps) {
  return (
    <label className="inline">
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {children.map(([one = '', name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function strategiesOf({ a, b }: Arms): readonly string[] {
  return [a, b].filter((name) => name !== '');
}

/** Two strategies are both named; one is compared with none. */
function isUnclear({ a, b }: Arms): boolean {
  return a !== '' && b === '';
}
