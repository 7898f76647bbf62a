import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packagePath } from '../../src/cli/package-folder.ts';
import { readConfig } from '../../src/config.ts';

const page = (name: string): string => readFileSync(packagePath(name), 'utf8');
const settingsIn = (text: string): ReadonlySet<string> => new Set(text.match(/\bRVBBIT_(?!TEST_)[A-Z_]+\b/g));

interface Compose {
  readonly services: Readonly<Record<string, { readonly environment?: Readonly<Record<string, string>> }>>;
}

describe('settings of the environment', () => {
  it('that README, docs and docs/compose.yaml name are read by the server, and README names each', () => {
    const known = settingsIn(page('src/config.ts'));
    const docs = readdirSync(packagePath('docs')).filter((name) => /\.(md|yaml)$/.test(name));
    const named = settingsIn([page('README.md'), ...docs.map((name) => page(join('docs', name)))].join('\n'));
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
    const readme = settingsIn(page('README.md'));
    expect([...known].filter((name) => !readme.has(name))).toEqual([]);
  });

  it('of docs/compose.yaml make a configuration of two servers on one ClickHouse server', () => {
    const text = page('docs/compose.yaml').replace(/\$\{\w+:[?-]\}/g, 'secret');
    const { services } = parse(text, { merge: true }) as Compose;
    for (const name of ['one', 'two']) {
      const config = readConfig(services[name]?.environment ?? {});
      expect(config).toMatchObject({
        sqlHost: '0.0.0.0',
        clickhouseUrl: 'http://rvbbit:secret@clickhouse:8123',
        password: 'secret',
        logRetentionMs: 90 * 86_400_000,
      });
    }
  });
});
