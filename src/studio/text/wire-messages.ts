import type { Message } from '../../server/http/schemas/explain.ts';

/** The chat messages of a request as it was sent; null where it holds none. */
export function messagesOf(request: string): readonly Message[] | null {
  const sent = parsed(request);
  const messages = isObject(sent) ? sent.messages : undefined;
  return Array.isArray(messages) && messages.every(isMessage) ? messages : null;
}

/** The text of a reply where it is one of a chat; else the JSON, indented. */
export function replyOf(response: string): string {
  const got = parsed(response);
  const choices = isObject(got) && Array.isArray(got.choices) ? (got.choices as readonly unknown[]) : [];
  const [first] = choices;
  const message = isObject(first) ? first.message : undefined;
  if (isMessage(message)) return message.content;
  return typeof got === 'string' ? got : JSON.stringify(got, null, 2);
}

function isMessage(value: unknown): value is Message {
  return isObject(value) && typeof value.role === 'string' && typeof value.content === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A text that is no JSON is itself. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
