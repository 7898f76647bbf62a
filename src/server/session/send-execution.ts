import type { CopyInFlow, CopyOutFlow, Execution } from '../statements/plan.ts';
import * as backend from '../wire/backend/encode-backend.ts';
import { receiveCopy } from '../wire/receive-copy.ts';
import type { ClientLink } from './client-link.ts';
import type { StatementRun } from './statement-run.ts';

/** Does what has to be done before a client hears that its statement is complete. */
export type BeforeComplete = () => Promise<void>;

/** Carries a statement that gives no rows to its CommandComplete. */
export async function sendCommand(
  link: ClientLink,
  execution: Exclude<Execution, { kind: 'rows' }>,
  run: StatementRun,
  beforeComplete: BeforeComplete,
): Promise<void> {
  const tag = await finish(link, execution, run);
  await beforeComplete();
  link.output.send(tag === null ? backend.emptyQueryResponse() : backend.commandComplete(tag));
}

/** The tag of the finished command; null for an empty one. */
async function finish(
  link: ClientLink,
  execution: Exclude<Execution, { kind: 'rows' }>,
  run: StatementRun,
): Promise<string | null> {
  switch (execution.kind) {
    case 'done':
      return execution.tag;
    case 'empty':
      return null;
    case 'copyOut':
      return `COPY ${await sendCopy(link, execution.copy)}`;
    case 'copyIn':
      return `COPY ${await takeCopy(link, execution.copy, run)}`;
  }
}

async function sendCopy({ output }: ClientLink, copy: CopyOutFlow): Promise<number> {
  output.send(backend.copyOutResponse(copy.format, copy.columnCount));
  try {
    return await copy.send(output);
  } finally {
    await copy.close();
  }
}

async function takeCopy({ input, output }: ClientLink, copy: CopyInFlow, run: StatementRun): Promise<number> {
  output.send(backend.copyInResponse(copy.format, copy.columnCount));
  await output.flush();
  await receiveCopy(input, copy, run.scope.signal);
  return copy.finish();
}
