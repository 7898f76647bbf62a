import { Link } from 'wouter';
import type { ScoredExample } from '../../../server/http/schemas/explain.ts';
import { Empty } from '../../components/empty.tsx';
import { Output } from '../../components/output.tsx';
import { inputFields } from '../../text/input-fields.ts';
import { percent } from '../../text/numbers.ts';
import { TableFrame } from '../../components/table-frame.tsx';

/** The examples in the order of the prompt, with what speaks for each. */
export function ScoredExamples({ examples }: { readonly examples: readonly ScoredExample[] }) {
  if (examples.length === 0) return <Empty title="No example is in this prompt." />;
  return (
    <TableFrame label="Examples in the prompt">
      <table>
        <caption>Examples, in the order of the prompt</caption>
        <thead>
          <tr>
            <th className="number">#</th>
            <th>Inputs</th>
            <th>Output</th>
            <th className="number">Similarity</th>
            <th className="number">Confidence</th>
            <th>Verified</th>
          </tr>
        </thead>
        <tbody>
          {examples.map((one, at) => (
            <tr key={one.trace_id}>
              <td className="number">{at + 1}</td>
              <td className="wide">
                <Link href={`/training?trace=${encodeURIComponent(one.trace_id)}`}>
                  {inputFields(one.inputs)
                    .map(({ name, text }) => `${name}: ${text}`)
                    .join(' · ')}
                </Link>
              </td>
              <td>
                <Output output={one.output} />
              </td>
              <td className="number">{one.similarity === null ? '–' : one.similarity.toFixed(3)}</td>
              <td className="number">{percent(one.confidence)}</td>
              <td>{one.verified ? 'yes' : 'no'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
