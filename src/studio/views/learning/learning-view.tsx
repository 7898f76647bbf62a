import './learning.css';
import { PageHead } from '../../components/page-head.tsx';
import { TabsOf } from '../../components/tabs-of.tsx';
import { AccuracyTab } from './accuracy-tab.tsx';
import { ComparisonsTab } from './comparisons-tab.tsx';
import { ConflictsTab } from './conflicts-tab.tsx';

/** Whether the marks make the answers better, and which of them contradict each other. */
export default function LearningView() {
  return (
    <>
      <PageHead title="Does it help?" />
      <TabsOf
        label="Parts"
        tabs={[
          { id: 'accuracy', name: 'Accuracy', panel: <AccuracyTab /> },
          { id: 'comparisons', name: 'Comparisons', panel: <ComparisonsTab /> },
          { id: 'conflicts', name: 'Conflicts', panel: <ConflictsTab /> },
        ]}
      />
    </>
  );
}
