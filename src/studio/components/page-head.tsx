import { useEffect } from 'react';
import type { ReactNode } from 'react';

/** The heading of a view, its name in the browser's title, and its main controls. */
export function PageHead({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · rvbbit`;
  }, [title]);
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {children}
    </div>
  );
}
