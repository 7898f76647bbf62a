import type { Home } from '../../../server/http/schemas/overview.ts';
import { Tile } from '../../components/tile.tsx';
import { dollars, percent, plural, short } from '../../text/numbers.ts';

/** The period in five numbers. */
export function Sums({ days }: Pick<Home, 'days'>) {
  const sum = (pick: (day: Home['days'][number]) => number) =>
    days.reduce((total, day) => total + pick(day), 0);
  const calls = sum((day) => day.calls);
  const cached = sum((day) => day.cached);
  const errors = sum((day) => day.errors);
  const today = days.at(-1);
  return (
    <dl className="tiles">
      <Tile name="Calls" value={short(calls)} note={`${short(today?.calls ?? 0)} today`} />
      <Tile
        name="Cost"
        value={dollars(sum((day) => day.cost_usd))}
        note={`${dollars(today?.cost_usd ?? 0)} today`}
      />
      <Tile
        name="Answers from cache"
        value={calls + cached === 0 ? '–' : percent(cached / (calls + cached))}
        note={`${plural(cached, 'answer')} without a call`}
      />
      <Tile
        name="Errors"
        value={short(errors)}
        note={calls === 0 ? '–' : `${percent(errors / calls)} of the calls`}
      />
      <Tile
        name="Tokens"
        value={short(sum((day) => day.tokens))}
        note={`${short(today?.tokens ?? 0)} today`}
      />
    </dl>
  );
}
