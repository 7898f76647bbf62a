import { SqlError } from '../../errors.ts';
import type { SourceStatement } from './source-statement.ts';
import { WordReader } from './word-reader.ts';
import { type SessionPlan, commandPlan } from './session-plan.ts';

/** As in PostgreSQL. */
const MAX_PAYLOAD = 8000;

export function listenPlan(source: SourceStatement): SessionPlan {
  const reader = new WordReader(source);
  reader.expect('LISTEN');
  const channel = reader.name();
  reader.end();
  return commandPlan(source.text, 'work', async (session) => {
    session.subscriptions.listen(channel);
    return 'LISTEN';
  });
}

export function unlistenPlan(source: SourceStatement): SessionPlan {
  const reader = new WordReader(source);
  reader.expect('UNLISTEN');
  const channel = reader.acceptSign('*') ? null : reader.name();
  reader.end();
  return commandPlan(source.text, 'work', async (session) => {
    session.subscriptions.unlisten(channel);
    return 'UNLISTEN';
  });
}

export function notifyPlan(source: SourceStatement): SessionPlan {
  const reader = new WordReader(source);
  reader.expect('NOTIFY');
  const channel = reader.name();
  const payload = reader.acceptSign(',') ? reader.string() : '';
  reader.end();
  if (Buffer.byteLength(payload) >= MAX_PAYLOAD) throw new SqlError('22023', 'payload string too long');
  return commandPlan(source.text, 'work', async (session) => {
    session.subscriptions.notify({ pid: session.options.pid, channel, payload });
    return 'NOTIFY';
  });
}
