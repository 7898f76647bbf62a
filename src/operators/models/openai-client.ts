import OpenAI from 'openai';

const OPENAI_URL = 'https://api.openai.com/v1';

export interface OpenAiEndpoint {
  /** null sends no Authorization header: endpoints of one's own need none. */
  readonly apiKey: string | null;
  /** null is OpenAI's own. */
  readonly baseUrl: string | null;
  /** The platform's where it is left out. */
  readonly fetch?: typeof fetch;
}

/** Without retries and logging of its own. */
export function openAiClient({ apiKey, baseUrl, fetch }: OpenAiEndpoint): OpenAI {
  return new OpenAI({
    apiKey: apiKey ?? 'none',
    baseURL: baseUrl ?? OPENAI_URL,
    maxRetries: 0,
    ...(fetch === undefined ? {} : { fetch }),
    logLevel: 'off',
    ...(apiKey === null ? { defaultHeaders: { Authorization: null } } : {}),
  });
}

export function addressOf({ baseUrl }: OpenAiEndpoint): string {
  return baseUrl ?? OPENAI_URL;
}
