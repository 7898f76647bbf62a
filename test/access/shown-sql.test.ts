import { describe, expect, it } from 'vitest';
import { shownSql } from '../../src/server/session/shown-sql.ts';
import { ServerFixture } from '../wire/support/server-fixture.ts';

describe('a statement as logs and pg_stat_activity show it', () => {
  it('has no password, key or token in it', () => {
    for (const sql of [
      "CREATE ROLE ada LOGIN PASSWORD 'xyzzy'",
      "alter user ada with encrypted password E'xy\\'xyzzy' valid until 'infinity'",
      'CREATE ROLE ada PASSWORD $$xyzzy$$',
      "CREATE SECRET s (TYPE s3, KEY_ID 'xyzzy', SECRET /* here */ 'xyzzy')",
      "CREATE OR REPLACE PERSISTENT SECRET s (TYPE s3, SESSION_TOKEN 'xyzzy')",
      "SET s3_secret_access_key = 'xyzzy'",
      "SET GLOBAL s3_session_token TO 'xyzzy'",
      "ATTACH 'host=h user=u password=xyzzy' AS pg (TYPE postgres)",
      "SELECT * FROM postgres_scan('postgres://u:xyzzy@h/db', 'public', 't')",
      "CREATE ROLE ada PASSWORD 'xyzzy",
    ]) {
      expect(shownSql(sql)).not.toContain('xyzzy');
    }
  });

  it('is otherwise as it was sent', () => {
    for (const sql of [
      "SELECT 'a' AS password, secret FROM tokens WHERE url = 'https://host/path'",
      "SELECT * FROM t WHERE d MEANS 'asks for a password'",
      'CREATE TABLE passwords (password TEXT DEFAULT 1)',
    ]) {
      expect(shownSql(sql)).toBe(sql);
    }
    expect(shownSql("CREATE ROLE a PASSWORD 'x' VALID UNTIL '2030-01-01'")).toBe(
      "CREATE ROLE a PASSWORD '********' VALID UNTIL '2030-01-01'",
    );
  });

  it('is shown so by pg_stat_activity', async () => {
    const server = await ServerFixture.open();
    const client = await server.pg();
    const { rows } = await client.query(
      "SELECT query, 'postgres://u:xyzzy@h/db' AS url FROM pg_stat_activity WHERE pid = pg_backend_pid()",
    );
    expect(rows[0]).toMatchObject({
      query: expect.stringContaining("'postgres://u:********@h/db' AS url"),
      url: 'postgres://u:xyzzy@h/db',
    });
    await server.close();
  });
});
