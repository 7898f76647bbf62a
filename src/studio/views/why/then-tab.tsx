import type { RowExplanation } from '../../../server/http/schemas/explain.ts';
import { Messages } from '../../components/messages.tsx';
import { PromptDiff } from './prompt-diff.tsx';
import { ScoredExamples } from './scored-examples.tsx';

/** The prompt that was sent, beside the one that the same call would be without examples. */
export function ThenTab({ now, then }: RowExplanation) {
  return (
    <>
      <ScoredExamples examples={then.examples} />
      {then.prompt === null || now === null ? (
        <Messages messages={then.prompt} raw="The provider takes no messages: it answers from the inputs." />
      ) : (
        <PromptDiff without={now.prompt_without} having={then.prompt} />
      )}
    </>
  );
}
