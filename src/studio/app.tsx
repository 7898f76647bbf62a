import { Suspense, lazy } from 'react';
import { Route, Switch } from 'wouter';
import { useLive } from './api/use-live.ts';
import { Shell } from './components/shell.tsx';
import { Waiting } from './components/waiting.tsx';
import { HomeView } from './views/home/home-view.tsx';
import { NotFoundView } from './views/not-found-view.tsx';

const SessionsView = lazy(() => import('./views/sessions/sessions-view.tsx'));
const SessionView = lazy(() => import('./views/session/session-view.tsx'));
const TrainingView = lazy(() => import('./views/training/training-view.tsx'));
const ReviewView = lazy(() => import('./views/review/review-view.tsx'));
const WhyView = lazy(() => import('./views/why/why-view.tsx'));
const LearningView = lazy(() => import('./views/learning/learning-view.tsx'));
const ConsoleView = lazy(() => import('./views/console/console-view.tsx'));
const OperatorsView = lazy(() => import('./views/operators/operators-view.tsx'));
const OperatorView = lazy(() => import('./views/operators/operator-view.tsx'));

export function App() {
  useLive();
  return (
    <Shell>
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/" component={HomeView} />
          <Route path="/sessions" component={SessionsView} />
          <Route path="/sessions/:session_id">
            {({ session_id }) => <SessionView sessionId={session_id} />}
          </Route>
          <Route path="/training" component={TrainingView} />
          <Route path="/review" component={ReviewView} />
          <Route path="/why/:trace_id">{({ trace_id }) => <WhyView traceId={trace_id} />}</Route>
          <Route path="/learning" component={LearningView} />
          <Route path="/sql" component={ConsoleView} />
          <Route path="/operators" component={OperatorsView} />
          <Route path="/operators/:cascade_id">
            {({ cascade_id }) => <OperatorView cascadeId={cascade_id} />}
          </Route>
          <Route component={NotFoundView} />
        </Switch>
      </Suspense>
    </Shell>
  );
}
