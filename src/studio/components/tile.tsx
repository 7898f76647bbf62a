import type { ReactNode } from 'react';

/** One number and what it counts. */
export function Tile(props: { readonly name: string; readonly value: string; readonly note?: ReactNode }) {
  return (
    <div className="tile">
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
      {props.note !== undefined && <dd className="tile-note">{props.note}</dd>}
    </div>
  );
}
