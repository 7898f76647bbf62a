import type OpenAI from 'openai';
import type { ChatMessage, ModelRequest } from './model-provider.ts';
import { isStrictSchema } from './strict-schema.ts';

export type ChatBody = OpenAI.ChatCompletionCreateParamsNonStreaming;

/** Parameters that some models or endpoints refuse, and without which the request still makes sense. */
export type OptionalParam =
  'response_format' | 'temperature' | 'seed' | 'max_tokens' | 'max_completion_tokens';

/** Two names of one limit, the one to try first in front. */
export type LimitNames = readonly ('max_completion_tokens' | 'max_tokens')[];

/** The body of a chat completion; `refused` are left out. */
export function chatBody(
  request: ModelRequest,
  refused: ReadonlySet<OptionalParam>,
  limitNames: LimitNames,
): ChatBody {
  const { outputSchema, temperature, seed, maxTokens } = request;
  const inPrompt = outputSchema !== undefined && refused.has('response_format');
  const messages = inPrompt ? [schemaMessage(outputSchema), ...request.messages] : request.messages;
  const limit = limitNames.find((name) => !refused.has(name));
  return {
    model: request.model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(outputSchema === undefined || inPrompt
      ? {}
      : { response_format: responseFormat(request, outputSchema) }),
    ...(temperature === undefined || refused.has('temperature') ? {} : { temperature }),
    ...(seed === undefined || refused.has('seed') ? {} : { seed }),
    ...(maxTokens === undefined || limit === undefined ? {} : { [limit]: maxTokens }),
  };
}

function responseFormat(
  request: ModelRequest,
  schema: Readonly<Record<string, unknown>>,
): OpenAI.ResponseFormatJSONSchema {
  const name = `${request.task.cascadeId}_${request.task.cellName}`.replace(/[^A-Za-z0-9_-]/g, '_');
  const strict = isStrictSchema(schema);
  return { type: 'json_schema', json_schema: { name: name.slice(0, 64), schema: { ...schema }, strict } };
}

function schemaMessage(schema: unknown): ChatMessage {
  const content = `Answer with one JSON value and nothing else. It satisfies this JSON Schema:\n${JSON.stringify(schema)}`;
  return { role: 'system', content };
}
