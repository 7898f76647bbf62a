import { useState } from 'react';
import type { CascadeDetail, Trial } from '../../../server/http/schemas/operators.ts';
import { messageOf, postJson } from '../../api/request.ts';
import { Empty } from '../../components/empty.tsx';
import { Output } from '../../components/output.tsx';
import { meets } from './meets.ts';
import { textOfValue } from './try-inputs.ts';
import { tryPath } from './try-tab.tsx';
import { TableFrame } from '../../components/table-frame.tsx';

interface Outcome {
  readonly passed: boolean;
  readonly text: string;
}

/** The test cases of a cascade, to run one after another with the model in force. */
export function TestsTab({ cascade }: { readonly cascade: CascadeDetail }) {
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [running, setRunning] = useState(false);
  const { test_cases } = cascade;
  if (test_cases.length === 0) return <Empty title="The cascade has no test cases." />;

  async function run(): Promise<void> {
    setRunning(true);
    setOutcomes([]);
    for (const one of test_cases) {
      const outcome = await outcomeOf(cascade.cascade_id, one);
      setOutcomes((before) => [...before, outcome]);
    }
    setRunning(false);
  }
  const passed = outcomes.filter((outcome) => outcome.passed).length;
  return (
    <>
      <p className="row">
        <button type="button" className="main" disabled={running} onClick={() => void run()}>
          {running ? 'Running…' : 'Run the tests'}
        </button>
        <span role="status">{outcomes.length > 0 && `${passed} of ${outcomes.length} passed`}</span>
      </p>
      <TableFrame label="Test cases">
        <table>
          <thead>
            <tr>
              <th>Inputs</th>
              <th>Expected</th>
              <th>Answer</th>
            </tr>
          </thead>
          <tbody>
            {test_cases.map(({ inputs, expect }, at) => (
              <tr key={JSON.stringify(inputs)}>
                <td>
                  {Object.entries(inputs)
                    .map(([name, value]) => `${name}: ${textOfValue(value)}`)
                    .join(' · ')}
                </td>
                <td>
                  <Output output={textOfValue(expect)} />
                </td>
                <td>
                  <OutcomeCell outcome={outcomes[at]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </>
  );
}

function OutcomeCell({ outcome }: { readonly outcome: Outcome | undefined }) {
  if (outcome === undefined) return <span className="faint">not run</span>;
  return (
    <span className={outcome.passed ? 'good-text' : 'bad-text'}>
      {outcome.passed ? 'passed' : 'failed'}: {outcome.text}
    </span>
  );
}

async function outcomeOf(cascadeId: string, test: CascadeDetail['test_cases'][number]): Promise<Outcome> {
  try {
    const { value } = await postJson<Trial>(tryPath(cascadeId), { inputs: test.inputs });
    return { passed: meets(value, test.expect), text: textOfValue(value) };
  } catch (error) {
    return { passed: false, text: messageOf(error) };
  }
}
