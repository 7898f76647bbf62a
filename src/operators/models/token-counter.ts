/** Counts tokens as the tokenizer of a model does. */
export interface TokenCounter {
  /** The tokenizer's name, and whether the model is known to use it. */
  readonly encoding: string;
  readonly exact: boolean;
  count(text: string): number;
}

/** What a chat adds to each message, and to the reply's beginning. */
export const MESSAGE_TOKENS = 3;

const OLDER = /^(gpt-4(-turbo|-\d|$)|gpt-3\.5)/;
const NEWER = /^(gpt-4o|gpt-4\.|gpt-5|o\d|chatgpt-4o)/;
const NOTHING_SPECIAL = Object.freeze({ disallowedSpecial: new Set<string>() });

/** Loads the tokenizer of a model of OpenAI's; any other model is counted with the newest one, as an approximation. */
export async function tokenCounterFor(model: string): Promise<TokenCounter> {
  const older = OLDER.test(model);
  const { countTokens } = older
    ? await import('gpt-tokenizer/encoding/cl100k_base')
    : await import('gpt-tokenizer/encoding/o200k_base');
  return Object.freeze({
    encoding: older ? 'cl100k_base' : 'o200k_base',
    exact: older || NEWER.test(model),
    count: (text: string) => countTokens(text, NOTHING_SPECIAL),
  });
}
