import type { ChatBody, OptionalParam } from './chat-request.ts';
import { ModelFailure } from './model-failure.ts';

const OPTIONAL: readonly OptionalParam[] = Object.freeze([
  'response_format',
  'temperature',
  'seed',
  'max_completion_tokens',
  'max_tokens',
]);
const NONE: ReadonlySet<OptionalParam> = new Set();

export interface Exchange {
  readonly body: ChatBody;
  readonly response: unknown;
  /** Requests that the endpoint refused before this one. */
  readonly refusals: number;
}

/** What each model has been found to refuse: reasoning models no temperature, older servers no JSON Schema. */
export class RefusedParams {
  readonly #known = new Map<string, ReadonlySet<OptionalParam>>();

  /**
   * Posts the body that `compose` makes, and again without each parameter that the endpoint blames. What had to
   * go is remembered once the endpoint takes the rest; if it never does, the first refusal is thrown.
   */
  async send(
    model: string,
    compose: (refused: ReadonlySet<OptionalParam>) => ChatBody,
    post: (body: ChatBody) => Promise<unknown>,
  ): Promise<Exchange> {
    const refused = new Set(this.#known.get(model) ?? NONE);
    let first: unknown;
    for (let refusals = 0; ; refusals += 1) {
      const body = compose(refused);
      const answer = await post(body).then((response) => ({ response }), failureOf);
      if (!(answer instanceof ModelFailure)) {
        if (refusals > 0) this.#learn(model, refused);
        return { body, response: answer.response, refusals };
      }
      if (!isRefusal(answer)) throw answer;
      first ??= answer;
      const blamed = blamedParam(answer, body);
      if (blamed === undefined) throw first;
      refused.add(blamed);
    }
  }

  #learn(model: string, refused: ReadonlySet<OptionalParam>): void {
    this.#known.set(model, new Set([...(this.#known.get(model) ?? NONE), ...refused]));
  }
}

function failureOf(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error;
  throw error;
}

function isRefusal(failure: ModelFailure): boolean {
  return failure.status === 400 || failure.status === 422;
}

/** The parameter of this body that the refusal names; the schema where it names none. */
function blamedParam(failure: ModelFailure, body: ChatBody): OptionalParam | undefined {
  if (failure.reason === 'context_length_exceeded') return undefined;
  const sent = OPTIONAL.filter((param) => param in body);
  const named = sent.find((param) => failure.param?.split(/[.[]/)[0] === param);
  const mentioned = sent.find((param) => new RegExp(`\\b${param}\\b`).test(failure.message));
  return named ?? mentioned ?? sent.find((param) => param === 'response_format');
}
