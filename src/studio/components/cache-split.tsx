import { whole } from '../text/numbers.ts';

interface CacheSplitProps {
  readonly recorded: boolean;
  readonly from_memory: number;
  readonly from_log: number;
  readonly from_model: number;
}

/** Where a statement's distinct answers came from: a bar, and the numbers in words. */
export function CacheSplit({ recorded, from_memory, from_log, from_model }: CacheSplitProps) {
  const all = from_memory + from_log + from_model;
  if (!recorded || all === 0) return <span className="faint">–</span>;
  const words = `${whole(from_memory)} memory, ${whole(from_log)} log, ${whole(from_model)} model`;
  return (
    <span className="split" title={words}>
      <span className="split-bar" aria-hidden="true">
        <span className="split-memory" style={{ flexGrow: from_memory }} />
        <span className="split-log" style={{ flexGrow: from_log }} />
        <span className="split-model" style={{ flexGrow: from_model }} />
      </span>
      <span className="unseen">{words}</span>
    </span>
  );
}
