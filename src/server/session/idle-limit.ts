import { SqlError } from '../../errors.ts';
import { milliseconds } from './milliseconds.ts';
import type { Session } from './session.ts';

/** How long a client may keep silent now, and why its connection ends then; null is no limit. */
export function idleLimit(session: Session): { readonly ms: number; readonly reason: SqlError } | null {
  const idle = session.transaction.status === 'I';
  const name = idle ? 'idle_session_timeout' : 'idle_in_transaction_session_timeout';
  const ms = milliseconds(name, session.settings.known(name));
  if (ms === 0) return null;
  const [code, which] = idle ? ['57P05', 'idle-session'] : ['25P03', 'idle-in-transaction'];
  const message = `terminating connection due to ${which} timeout`;
  return { ms, reason: new SqlError(code ?? '57P05', message, { severity: 'FATAL' }) };
}
