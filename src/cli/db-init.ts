import type { Config } from '../config.ts';
import { openStore } from '../training/log/store.ts';

/** Opens the store, which applies what is missing, and tells what is there. */
export async function initialise(config: Config): Promise<readonly string[]> {
  const store = await openStore(config);
  try {
    const rows = await store.query<{ name: string }>(
      'tables',
      "SELECT name FROM system.tables WHERE database = 'rvbbit' AND name NOT LIKE '.%' ORDER BY name",
    );
    const where = config.clickhouseUrl === null ? config.dataDir : 'the ClickHouse server';
    return [`The log store in ${where} is ready:`, ...rows.map(({ name }) => `  ${name}`)];
  } finally {
    await store.close();
  }
}
