import { readFileSync } from 'node:fs';

export interface FixtureItem {
  readonly text: string;
  readonly holds: boolean;
}

/** Hand-written texts by criterion: ten that meet it and ten that do not. */
export function criteriaFixture(file: string): ReadonlyMap<string, readonly FixtureItem[]> {
  const [, ...lines] = readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const items = new Map<string, FixtureItem[]>();
  for (const line of lines) {
    const [criterion = '', holds, text = ''] = line.split('\t');
    items.set(criterion, [...(items.get(criterion) ?? []), { text, holds: holds === 'true' }]);
  }
  return items;
}
