import { Link } from 'wouter';
import type { ChangedRow } from '../../../server/http/schemas/comparisons.ts';
import { Output } from '../../components/output.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { plural } from '../../text/numbers.ts';

const SHOWN = 50;

/** Rows whose answer is another with B: what became wrong first. */
export function ChangedRows({ rows }: { readonly rows: readonly ChangedRow[] }) {
  if (rows.length === 0) return <p className="faint">No row has another answer.</p>;
  const ordered = rows.toSorted((one, other) => rank(one) - rank(other));
  return (
    <>
      <h3>
        {plural(rows.length, 'row')} with another answer, regressions first
        {rows.length > SHOWN && ` (the first ${SHOWN})`}
      </h3>
      <TableFrame label="Rows with another answer">
        <table>
          <thead>
            <tr>
              <th>Inputs</th>
              <th>Marked</th>
              <th>A</th>
              <th>B</th>
              <th>B is</th>
            </tr>
          </thead>
          <tbody>
            {ordered.slice(0, SHOWN).map((row) => (
              <tr key={row.traceId}>
                <td className="wide">
                  <Link href={`/training?trace=${encodeURIComponent(row.traceId)}`}>
                    {Object.values(row.inputs).map(String).join(' · ')}
                  </Link>
                </td>
                <td>
                  <Output output={row.truth} />
                </td>
                <td>
                  <Output output={row.a} />
                </td>
                <td>
                  <Output output={row.b} />
                </td>
                <td className={CLASSES[rank(row)]}>{NAMES[rank(row)]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </>
  );
}

const NAMES = ['worse', 'as wrong', 'better'] as const;
const CLASSES = ['bad-text', 'faint', 'good-text'] as const;

/** 0 where B made a right answer wrong, 2 where it made a wrong one right. */
function rank({ truth, a, b }: ChangedRow): 0 | 1 | 2 {
  if (a === truth) return 0;
  return b === truth ? 2 : 1;
}
