import type { Message } from '../../server/http/schemas/explain.ts';

interface MessagesProps {
  readonly messages: readonly Message[] | null;
  /** Shown where there are no messages. */
  readonly raw: string;
}

/** A prompt as it was sent, a block each message. */
export function Messages({ messages, raw }: MessagesProps) {
  if (messages === null)
    return (
      <pre className="prompt" tabIndex={0}>
        {raw}
      </pre>
    );
  return (
    <ol className="messages">
      {messages.map(({ role, content }, at) => (
        <li key={`${at}-${role}`}>
          <p className="role">{role}</p>
          <pre className="prompt" tabIndex={0}>
            {content}
          </pre>
        </li>
      ))}
    </ol>
  );
}
