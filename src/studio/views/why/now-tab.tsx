import type { Explanation } from '../../../server/http/schemas/explain.ts';
import { Empty } from '../../components/empty.tsx';
import { plural } from '../../text/numbers.ts';
import { PromptDiff } from './prompt-diff.tsx';
import { ScoredExamples } from './scored-examples.tsx';

export function NowTab({ now }: { readonly now: Explanation | null }) {
  if (now === null) return <Empty title="The cell of this call is not loaded any more." />;
  return (
    <>
      <p className="facts">
        {now.use_training ? (
          <>
            <span>strategy {now.strategy}</span>
            <span>format {now.format}</span>
            <span>
              at most {now.limit} of {plural(now.eligible, 'eligible example')}
            </span>
          </>
        ) : (
          <span>This cell does not train: use_training is off.</span>
        )}
        {now.trouble !== null && <span className="bad-text">{now.trouble}</span>}
      </p>
      <ScoredExamples examples={now.examples} />
      <PromptDiff without={now.prompt_without} having={now.prompt_with} />
    </>
  );
}
