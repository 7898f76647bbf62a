import type { ReactNode } from 'react';

/** A table that scrolls sideways where it is too wide; by keys too, which is why it can have the focus. */
export function TableFrame({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="table-frame" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
