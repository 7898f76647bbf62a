import type { Accuracy } from '../../../server/http/schemas/overview.ts';
import { dollars, percent, whole } from '../../text/numbers.ts';
import { TableFrame } from '../../components/table-frame.tsx';

type Point = Accuracy['points'][number];

interface Arm {
  readonly cascade: string;
  readonly taught: boolean;
  readonly judged: number;
  readonly right: number;
  readonly cost: number;
}

/** The whole period, with and without examples, a cascade. */
export function AccuracyTable({ points }: { readonly points: readonly Point[] }) {
  return (
    <TableFrame label="Accuracy">
      <table>
        <thead>
          <tr>
            <th>Cascade</th>
            <th>Prompt</th>
            <th className="number">Judged</th>
            <th className="number">Right</th>
            <th className="number">Accuracy</th>
            <th className="number">Cost a call</th>
          </tr>
        </thead>
        <tbody>
          {armsOf(points).map((arm) => (
            <tr key={`${arm.cascade}/${arm.taught}`}>
              <td>{arm.cascade}</td>
              <td>{arm.taught ? 'with examples' : 'without examples'}</td>
              <td className="number">{whole(arm.judged)}</td>
              <td className="number">{whole(arm.right)}</td>
              <td className="number">{percent(arm.right / arm.judged)}</td>
              <td className="number">{dollars(arm.cost / arm.judged)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function armsOf(points: readonly Point[]): readonly Arm[] {
  const arms = new Map<string, Arm>();
  for (const { cascade_id: cascade, taught, judged, right, cost_usd } of points) {
    const key = `${cascade}/${taught}`;
    const arm = arms.get(key) ?? { cascade, taught, judged: 0, right: 0, cost: 0 };
    arms.set(key, {
      ...arm,
      judged: arm.judged + judged,
      right: arm.right + right,
      cost: arm.cost + (cost_usd ?? 0),
    });
  }
  return [...arms.values()];
}
