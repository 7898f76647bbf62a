import type { Statement } from '../../server/http/schemas/calls.ts';
import { whole } from '../text/numbers.ts';

const ORIGINS = ['memory', 'log', 'proxy', 'human', 'model'] as const;

type CacheSplitProps = Pick<Statement, 'recorded' | `from_${(typeof ORIGINS)[number]}`>;

/** Where a statement's distinct answers came from: a bar, and the numbers in words. Rare origins are named where they occur. */
export function CacheSplit({ recorded, ...counts }: CacheSplitProps) {
  const parts = ORIGINS.map((origin) => ({ origin, count: counts[`from_${origin}`] }));
  if (!recorded || parts.every(({ count }) => count === 0)) return <span className="faint">–</span>;
  const named = parts.filter(({ origin, count }) => count > 0 || (origin !== 'proxy' && origin !== 'human'));
  const words = named.map(({ origin, count }) => `${whole(count)} ${origin}`).join(', ');
  return (
    <span className="split" title={words}>
      <span className="split-bar" aria-hidden="true">
        {named.map(({ origin, count }) => (
          <span key={origin} className={`split-${origin}`} style={{ flexGrow: count }} />
        ))}
      </span>
      <span className="unseen">{words}</span>
    </span>
  );
}
