import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCycles, readSources, type SourceFile } from './source-graph.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const files = readSources(ROOT, 'src', ['src/studio/']);
const outside = ['test', 'bench', 'tools'].flatMap((folder) => readable(folder));

/** Lower may not import higher. */
const FLOORS: readonly (readonly [prefix: string, floor: number])[] = [
  ['src/errors.ts', 0],
  ['src/config.ts', 0],
  ['src/training/', 1],
  ['src/operators/', 2],
  ['src/server/', 3],
  ['src/cli/', 4],
  ['src/main.ts', 5],
  ['src/index.ts', 5],
];

/** Entry points, found by name or by the package's users and not by an import. */
const ROOTS = ['src/main.ts', 'src/index.ts'];

describe('the house', () => {
  it('imports downwards only: main, cli, server, operators, training, then config and errors', () => {
    const wrong = files.flatMap((file) =>
      file.imports
        .filter((target) => floorOf(target) > floorOf(file.path))
        .map((target) => `${file.path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no ring of imports', () => {
    expect(findCycles(files, (file) => file.imports)).toEqual([]);
  });

  it('has no file that nothing imports', () => {
    const imported = new Set([...files, ...outside].flatMap(({ imports }) => imports));
    expect(
      files.map(({ path }) => path).filter((path) => !imported.has(path) && !ROOTS.includes(path)),
    ).toEqual([]);
  });

  it('has no file of the product that only tests use', () => {
    const imported = new Set(files.flatMap(({ imports }) => imports));
    const onlyTests = files
      .map(({ path }) => path)
      .filter((path) => !imported.has(path) && !ROOTS.includes(path) && !FOR_TESTS.includes(path));
    expect(onlyTests).toEqual([]);
  });

  it('reads the environment in the configuration only', () => {
    expect(pathsWith(/process\.env/, ['src/config.ts', 'src/main.ts'])).toEqual([]);
  });

  it('knows no DuckDB and no socket among the operators, no model in the training room, no YAML in the server', () => {
    expect(pathsWith(/from '(@duckdb|node:net|node:http|hono)/, [], 'src/operators/')).toEqual([]);
    expect(pathsWith(/from '(openai|.*\/models\/)/, [], 'src/training/')).toEqual([]);
    expect(pathsWith(/from 'yaml'/, [], 'src/server/')).toEqual([]);
  });

  it('uses no any, no ignored type error and no lint exception', () => {
    expect(
      pathsWith(/:\s*any\b|\bas any\b|<any>|@ts-(ignore|expect-error|nocheck)|eslint-disable/, []),
    ).toEqual([]);
  });

  it('says what each dependency is for, and pins its version', () => {
    const text = readFileSync(resolve(ROOT, 'package.json'), 'utf8');
    const manifest = JSON.parse(text) as Readonly<Record<string, Readonly<Record<string, string>>>>;
    const packages = {
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
      ...manifest.devDependencies,
    };
    const page = readFileSync(resolve(ROOT, 'docs/dependencies.md'), 'utf8');
    const explained = [...page.matchAll(/^\| `([^`]+)`\s+\| \S/gm)].map(([, name]) => name);
    expect(explained.toSorted()).toEqual(Object.keys(packages).toSorted());
    expect(Object.entries(packages).filter(([, version]) => !/^\d/.test(version))).toEqual([]);
  });

  it('keeps no mutable state in a module', () => {
    expect(pathsWith(/^(export )?(let|var) /m, [])).toEqual([]);
  });

  it('names files in kebab-case and nothing Manager, Helper or utils', () => {
    const odd = files.filter(({ path }) => !/^src(\/[a-z0-9]+(-[a-z0-9]+)*)+\.tsx?$/.test(path));
    expect(odd.map(({ path }) => path)).toEqual([]);
    expect(pathsWith(/\b(class|interface|type|function|const) \w*(Manager|Helper|Utils?)\b/, [])).toEqual([]);
    expect(files.filter(({ path }) => /utils?|helpers?|manager/.test(path)).map(({ path }) => path)).toEqual(
      [],
    );
  });
});

/** Exported for the tests of users' formats: parsers that show that nothing is lost. */
const FOR_TESTS: readonly string[] = [];

function floorOf(path: string): number {
  return FLOORS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? -1;
}

function pathsWith(pattern: RegExp, except: readonly string[], below = 'src/'): readonly string[] {
  return files
    .filter(
      ({ path, text }) =>
        path.startsWith(below) && !except.includes(path) && pattern.test(withoutComments(text)),
    )
    .map(({ path }) => path);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

function readable(folder: string): readonly SourceFile[] {
  try {
    return readSources(ROOT, folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
