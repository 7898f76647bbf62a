import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api/request.ts';
import { App } from './app.tsx';
import { applyTheme, storedTheme } from './hooks/use-theme.ts';
import { MarksProvider } from './marks/marks-provider.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';

applyTheme(storedTheme());

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status < 500),
    },
  },
});

const root = document.getElementById('studio');
if (root === null) throw new Error('the page has no element "studio"');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <MarksProvider>
        <App />
      </MarksProvider>
    </QueryClientProvider>
  </StrictMode>,
);
