import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import type { CascadeDetail, Trial } from '../../../server/http/schemas/operators.ts';
import { postJson } from '../../api/request.ts';
import { Failure } from '../../components/failure.tsx';
import { Output } from '../../components/output.tsx';
import { milliseconds } from '../../text/numbers.ts';
import { inputsFrom, textOfValue } from './try-inputs.ts';

export function tryPath(cascadeId: string): string {
  return `/api/operators/${encodeURIComponent(cascadeId)}/try`;
}

/** A form for the inputs of a cascade, filled from its first test. */
export function TryTab({ cascade }: { readonly cascade: CascadeDetail }) {
  const id = useId();
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() => firstInputs(cascade));
  const trial = useMutation({
    mutationFn: () =>
      postJson<Trial>(tryPath(cascade.cascade_id), { inputs: inputsFrom(cascade.inputs, texts) }),
  });
  return (
    <form
      className="try"
      onSubmit={(event) => {
        event.preventDefault();
        trial.mutate();
      }}
    >
      {cascade.inputs.map(({ name, type, optional, criterion }) => (
        <div key={name} className="field">
          <label htmlFor={`${id}-${name}`}>
            {name}{' '}
            <span className="faint">
              {[type, optional ? 'optional' : '', criterion ? 'the question' : '']
                .filter((word) => word !== '')
                .join(', ')}
            </span>
          </label>
          <textarea
            id={`${id}-${name}`}
            rows={criterion ? 1 : 3}
            value={texts[name] ?? ''}
            onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
          />
        </div>
      ))}
      <button type="submit" className="main" disabled={trial.isPending}>
        {trial.isPending ? 'Running…' : 'Run'}
      </button>
      {trial.isError && <Failure error={trial.error} />}
      {trial.data !== undefined && <TrialResult trial={trial.data} />}
    </form>
  );
}

function TrialResult({ trial }: { readonly trial: Trial }) {
  return (
    <section className="card" aria-label="Answer" aria-live="polite">
      <p>
        <Output output={textOfValue(trial.value)} />{' '}
        <span className="faint">{milliseconds(trial.duration_ms)}</span>
      </p>
      {Object.keys(trial.outputs).length > 1 && (
        <pre className="prompt" tabIndex={0}>
          {JSON.stringify(trial.outputs, null, 2)}
        </pre>
      )}
      <Link href={`/why/${encodeURIComponent(trial.trace_id)}`}>Why this answer</Link>
    </section>
  );
}

function firstInputs({ inputs, test_cases }: CascadeDetail): Readonly<Record<string, string>> {
  const [first] = test_cases;
  return Object.fromEntries(inputs.map(({ name }) => [name, textOfValue(first?.inputs[name] ?? '')]));
}
