import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface SourceFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  /** Paths of the project's own files that it imports, types included. */
  readonly imports: readonly string[];
  /** The same without those imported for their types alone. */
  readonly valueImports: readonly string[];
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?'(\.[^']+)'/g;
const DYNAMIC = /\bimport\(\s*'(\.[^']+)'\s*\)/g;

/** Every TypeScript file below a folder with what it imports of the project. */
export function readSources(
  root: string,
  folder = 'src',
  skip: readonly string[] = [],
): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /\.tsx?$/.test(path) && !skip.some((part) => path.startsWith(part)))
    .sort()
    .map((path) => readSource(root, path));
}

function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const found = [...text.matchAll(IMPORT)].map((match) => ({
    type: match[1] !== undefined,
    target: match[2] ?? '',
  }));
  const dynamic = [...text.matchAll(DYNAMIC)].map((match) => ({ type: false, target: match[1] ?? '' }));
  const all = [...found, ...dynamic];
  const pathOf = ({ target }: { target: string }): string =>
    relative(root, resolve(root, dirname(path), target));
  return {
    path,
    text,
    imports: [...new Set(all.map(pathOf))],
    valueImports: [...new Set(all.filter(({ type }) => !type).map(pathOf))],
  };
}

/** Files that import each other in a ring, each ring once. */
export function findCycles(
  files: readonly SourceFile[],
  edges: (file: SourceFile) => readonly string[],
): readonly string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      cycles.push([...trail.slice(at), path].join(' → '));
      return;
    }
    const file = byPath.get(path);
    if (file === undefined || done.has(path)) return;
    for (const target of edges(file)) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return cycles;
}
