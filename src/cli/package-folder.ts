import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A folder or file that the package ships, seen from dist/cli and from src/cli alike. */
export function packagePath(name: string): string {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}

export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(packagePath('package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}
