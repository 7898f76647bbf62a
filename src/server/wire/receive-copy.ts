import { SqlError } from '../../errors.ts';
import { decodeFrontend } from './frontend/decode-frontend.ts';
import type { FrontendMessage } from './frontend/frontend-message.ts';
import type { Input } from './input.ts';
import { limitOfType } from './length-limit.ts';
import { protocolViolation } from './protocol-violation.ts';

/** Where the data of a COPY goes. */
export interface CopySink {
  write(bytes: Buffer): Promise<void>;
}

/** Takes a client's COPY data up to CopyDone. Throws 57014 on CopyFail and what `signal` is aborted with. */
export async function receiveCopy(input: Input, sink: CopySink, signal: AbortSignal): Promise<void> {
  for (;;) {
    const frame = await input.message(limitOfType, signal);
    if (frame === null)
      throw new SqlError('08006', 'the client went away in the middle of a COPY', { severity: 'FATAL' });
    const message = decodeFrontend(frame);
    if (message.type === 'copyDone') return;
    await take(message, sink);
  }
}

/** Flush and Sync are ignored here: some clients send them in any case. */
async function take(message: FrontendMessage, sink: CopySink): Promise<void> {
  if (message.type === 'copyData') await sink.write(message.bytes);
  else if (message.type === 'copyFail') {
    throw new SqlError('57014', `COPY from stdin failed: ${message.reason}`);
  } else if (message.type !== 'flush' && message.type !== 'sync') {
    throw protocolViolation(`unexpected message type ${message.type} during COPY from stdin`);
  }
}
