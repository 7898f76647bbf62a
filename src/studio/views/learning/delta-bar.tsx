import { percent } from '../../text/numbers.ts';

interface DeltaBarProps {
  readonly delta: number;
  /** 95 % */
  readonly interval: readonly number[];
}

/** How much better B is than A, between 100 % worse and 100 % better, with what it may be. */
export function DeltaBar({ delta, interval }: DeltaBarProps) {
  const [low = delta, high = delta] = interval;
  const words = `B less A: ${signed(delta)}, between ${signed(low)} and ${signed(high)} (95 %)`;
  return (
    <figure className="delta">
      <div className="delta-track" aria-hidden="true">
        <span className="delta-zero" />
        <span
          className="delta-interval"
          data-tone={low > 0 ? 'good' : high < 0 ? 'bad' : 'plain'}
          style={{ left: place(low), right: `calc(100% - ${place(high)})` }}
        />
        <span className="delta-point" style={{ left: place(delta) }} />
      </div>
      <figcaption>{words}</figcaption>
    </figure>
  );
}

/** -1 … 1 on the track. */
function place(value: number): string {
  return `${((value + 1) / 2) * 100}%`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${percent(Math.abs(value))}`;
}
