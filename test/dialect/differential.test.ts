import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpus } from './corpus.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { sameText } from './same-text.ts';
import { recordPostgres } from './record.ts';
import { type Outcome, readRecorded } from './recorded.ts';
import { TranslatedSession } from './translated-session.ts';

const postgres = process.env['RVBBIT_TEST_POSTGRES'];
if (postgres !== undefined) await recordPostgres(postgres);

for (const [topic, statements] of corpus()) {
  describe(topic, () => {
    const recorded = readRecorded(topic);
    const ours: Outcome[] = [];
    let session: TranslatedSession;

    beforeAll(async () => {
      session = await TranslatedSession.open();
      for (const sql of statements) ours.push(await outcomeOf(session, sql));
    });
    afterAll(() => session.close());

    test('every statement has a recorded outcome', () => expect(recorded).toHaveLength(statements.length));

    test.each(statements.map((sql, at) => [sql, at] as const))('%s', (sql, at) => {
      const [mine, theirs] = [ours[at], recorded[at]];
      const reason = KNOWN_DIFFERENCES[sql];
      if (reason === undefined) expect(mine, difference(mine, theirs)).toSatisfy(() => same(mine, theirs));
      else expect(same(mine, theirs), `no longer different: ${reason}`).toBe(false);
    });
  });
}

test('every known difference is of a statement in the corpus', () => {
  const statements = new Set([...corpus().values()].flat());
  expect(Object.keys(KNOWN_DIFFERENCES).filter((sql) => !statements.has(sql))).toEqual([]);
});

async function outcomeOf(session: TranslatedSession, sql: string): Promise<Outcome> {
  try {
    const { columns, rows } = await session.query(sql);
    return { columns: columns.map(({ name }) => name), rows };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function same(mine: Outcome | undefined, theirs: Outcome | undefined): boolean {
  if (mine === undefined || theirs === undefined) return false;
  if ('error' in mine || 'error' in theirs) return 'error' in mine && 'error' in theirs;
  if (theirs.columns.length === 0) return true;
  return mine.columns.join() === theirs.columns.join() && sameRows(mine.rows, theirs.rows);
}

type Rows = readonly (readonly (string | null)[])[];

function sameRows(mine: Rows, theirs: Rows): boolean {
  return (
    mine.length === theirs.length &&
    mine.every((row, y) => row.every((text, x) => sameText(text, theirs[y]?.[x] ?? null)))
  );
}

function difference(mine: Outcome | undefined, theirs: Outcome | undefined): string {
  return `\n  here       ${JSON.stringify(mine)}\n  PostgreSQL ${JSON.stringify(theirs)}\n`;
}
