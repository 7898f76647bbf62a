import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Attention as Counts } from '../../../server/http/schemas/overview.ts';
import { attentionQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/loaded.tsx';
import { plural } from '../../text/numbers.ts';

interface Item {
  readonly text: string;
  readonly path: string;
  readonly urgent: boolean;
}

/** What a person should look at, most urgent first. */
export function Attention() {
  const query = useQuery(attentionQuery());
  return (
    <section aria-labelledby="attention">
      <h2 id="attention">Needs attention</h2>
      <Loaded query={query}>{(counts) => <Items items={itemsOf(counts)} />}</Loaded>
    </section>
  );
}

function Items({ items }: { readonly items: readonly Item[] }) {
  if (items.length === 0) return <p className="faint">Nothing does.</p>;
  return (
    <ul className="attention">
      {items.map(({ text, path, urgent }) => (
        <li key={text} data-urgent={urgent}>
          <Link href={path}>{text}</Link>
        </li>
      ))}
    </ul>
  );
}

function itemsOf(counts: Counts): readonly Item[] {
  const { conflicts, stale, errors_today, unmarked, untaught, training_trouble } = counts;
  const items: (Item & { readonly count: number })[] = [
    {
      count: conflicts,
      text: `${plural(conflicts, 'conflict')} between marked examples`,
      path: '/learning?tab=conflicts',
      urgent: true,
    },
    {
      count: errors_today,
      text: `${plural(errors_today, 'failed call')} in the last day`,
      path: '/sessions?failed=true',
      urgent: true,
    },
    {
      count: training_trouble,
      text: `${plural(training_trouble, 'call')} went without examples because of a fault`,
      path: '/sessions',
      urgent: true,
    },
    {
      count: stale,
      text: `${plural(stale, 'marked example')} of a former prompt`,
      path: '/training?stale=true&trainable=true',
      urgent: false,
    },
    {
      count: untaught.length,
      text: `${plural(untaught.length, 'cell')} in use without an example yet: ${untaught.join(', ')}`,
      path: `/review?cascade_id=${encodeURIComponent(untaught[0]?.split('.')[0] ?? '')}`,
      urgent: false,
    },
    {
      count: unmarked,
      text: `${plural(unmarked, 'call')} nobody has looked at`,
      path: '/review',
      urgent: false,
    },
  ];
  return items.filter(({ count }) => count > 0);
}
