import type { ReactNode } from 'react';
import { Link, useRoute } from 'wouter';
import { MessageLine } from './message-line.tsx';
import { ThemeButton } from './theme-button.tsx';
import { UndoButton } from './undo-button.tsx';

const VIEWS = [
  { path: '/', name: 'Home' },
  { path: '/sessions', name: 'Sessions' },
  { path: '/training', name: 'Training' },
  { path: '/review', name: 'Review' },
  { path: '/learning', name: 'Does it help?' },
  { path: '/sql', name: 'SQL' },
  { path: '/operators', name: 'Operators' },
] as const;

export function Shell({ children }: { readonly children: ReactNode }) {
  return (
    <div className="shell">
      <a className="skip" href="#view">
        Skip to the view
      </a>
      <header className="bar">
        <Link href="/" className="brand">
          <img src="/rabbit.svg" alt="" width="22" height="22" />
          rvbbit
        </Link>
        <nav aria-label="Views" className="views">
          {VIEWS.map((view) => (
            <ViewLink key={view.path} {...view} />
          ))}
        </nav>
        <div className="bar-end">
          <UndoButton />
          <ThemeButton />
        </div>
      </header>
      <main id="view" className="view" tabIndex={-1}>
        {children}
      </main>
      <MessageLine />
    </div>
  );
}

function ViewLink({ path, name }: (typeof VIEWS)[number]) {
  const [here] = useRoute(path);
  const [below] = useRoute(`${path}/*`);
  const active = here || (path !== '/' && below);
  return (
    <Link
      href={path}
      className="view-link"
      aria-current={active ? 'page' : undefined}
      ref={(element: HTMLAnchorElement | null) => {
        // On a phone the links scroll sideways.
        if (active) element?.scrollIntoView({ inline: 'center', block: 'nearest' });
      }}
    >
      {name}
    </Link>
  );
}
