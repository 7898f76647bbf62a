import { cp, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Puts the training room as JavaScript into a folder, for a process of its own to run. */
export async function compileTraining(folder: string): Promise<void> {
  const files = await readdir(join(ROOT, 'src/training'), { recursive: true });
  const sources = [
    'errors.ts',
    ...files.filter((file) => file.endsWith('.ts')).map((file) => `training/${file}`),
  ];
  for (const source of sources) await compile(folder, source);
  await cp(join(ROOT, 'migrations'), join(folder, 'migrations'), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
}

async function compile(folder: string, source: string): Promise<void> {
  const text = await readFile(join(ROOT, 'src', source), 'utf8');
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  const target = join(folder, 'src', source.replace(/\.ts$/, '.js'));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, outputText);
}
