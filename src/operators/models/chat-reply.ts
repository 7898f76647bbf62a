import { z } from 'zod';
import { ModelFailure } from './model-failure.ts';
import type { ModelReply } from './model-provider.ts';

const count = z.number().int().nonnegative();

/** What is read of a chat completion; the rest may be anything. */
const Completion = z.looseObject({
  model: z.string().nullish(),
  choices: z
    .array(
      z.looseObject({
        finish_reason: z.string().nullish(),
        message: z.looseObject({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .looseObject({
      prompt_tokens: count,
      completion_tokens: count.nullish(),
      prompt_tokens_details: z.looseObject({ cached_tokens: count.nullish() }).nullish(),
    })
    .nullish(),
});

export interface ReadReply extends Pick<
  ModelReply,
  'text' | 'finish' | 'tokensIn' | 'tokensOut' | 'tokensCached'
> {
  /** As the endpoint names it. */
  readonly model: string | undefined;
  /** Whether the endpoint counted tokens at all. */
  readonly counted: boolean;
}

/** Reads the body of a 200. Throws ModelFailure `malformed` for what is no chat completion or has no content. */
export function readCompletion(body: unknown): ReadReply {
  if (typeof body === 'string') throw malformed(`answered "${excerpt(body)}", which is no JSON`);
  const parsed = Completion.safeParse(body);
  if (!parsed.success) {
    throw malformed(
      `answered with no chat completion: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
    );
  }
  const { choices, usage, model } = parsed.data;
  const choice = choices[0] as (typeof choices)[number];
  const finish = finishOf(choice.finish_reason, choice.message.refusal);
  const text = choice.message.content ?? choice.message.refusal;
  if (finish === 'stop' && typeof choice.message.content !== 'string')
    throw malformed('answered with no content');
  return {
    text: text ?? '',
    finish,
    model: model ?? undefined,
    tokensIn: usage?.prompt_tokens ?? 0,
    tokensOut: usage?.completion_tokens ?? 0,
    tokensCached: Math.min(usage?.prompt_tokens_details?.cached_tokens ?? 0, usage?.prompt_tokens ?? 0),
    counted: usage !== undefined && usage !== null,
  };
}

function finishOf(
  reason: string | null | undefined,
  refusal: string | null | undefined,
): ModelReply['finish'] {
  if (reason === 'content_filter' || (refusal !== undefined && refusal !== null && refusal !== ''))
    return 'refusal';
  return reason === 'length' ? 'length' : 'stop';
}

function malformed(message: string): ModelFailure {
  return new ModelFailure('malformed', message);
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
