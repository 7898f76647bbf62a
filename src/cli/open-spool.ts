import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { LogSpool } from '../training/log/log-spool.ts';
import type { StoreRow } from '../training/log/store.ts';

/** Rows of a table that the log store has not taken yet, in the data folder. Throws StartupError. */
export function openSpool({ dataDir }: Config, table: string): Promise<LogSpool<StoreRow>> {
  return LogSpool.open(resolve(dataDir, 'spool', table));
}
