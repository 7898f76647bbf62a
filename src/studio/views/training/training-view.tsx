import { PageHead } from '../../components/page-head.tsx';
import { ExampleBrowser } from './example-browser.tsx';

const NOTHING_FIXED = Object.freeze({});

/** Every call that can teach, to find, judge and mark. */
export default function TrainingView() {
  return (
    <>
      <PageHead title="Training" />
      <ExampleBrowser fixed={NOTHING_FIXED} />
    </>
  );
}
