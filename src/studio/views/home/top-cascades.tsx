import { Link } from 'wouter';
import type { Home } from '../../../server/http/schemas/overview.ts';
import { dollars, milliseconds, whole } from '../../text/numbers.ts';
import { TableFrame } from '../../components/table-frame.tsx';

export function TopCascades({ cascades }: Pick<Home, 'cascades'>) {
  if (cascades.length === 0) return null;
  return (
    <section aria-labelledby="top-cascades">
      <h2 id="top-cascades">Busiest cascades</h2>
      <TableFrame label="Busiest cascades">
        <table>
          <thead>
            <tr>
              <th>Cascade</th>
              <th className="number">Calls</th>
              <th className="number">Errors</th>
              <th className="number">Cost</th>
              <th className="number">Mean time</th>
            </tr>
          </thead>
          <tbody>
            {cascades.map((one) => (
              <tr key={one.cascade_id}>
                <td>
                  <Link href={`/operators/${encodeURIComponent(one.cascade_id)}`}>{one.cascade_id}</Link>
                </td>
                <td className="number">{whole(one.calls)}</td>
                <td className="number" data-bad={one.errors > 0}>
                  {whole(one.errors)}
                </td>
                <td className="number">{dollars(one.cost_usd)}</td>
                <td className="number">{milliseconds(one.mean_ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  );
}
