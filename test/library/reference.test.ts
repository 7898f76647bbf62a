import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { operatorsPage } from '../../src/cli/operators-page.ts';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';

describe('docs/operators.md', () => {
  it('is what the cascade files say', async () => {
    const page = operatorsPage(await loadOperatorSet([packagePath('cascades')], 1));
    expect(await readFile(packagePath('docs/operators.md'), 'utf8')).toBe(page);
  });

  it('has a section for every operator', async () => {
    const { operators } = await loadOperatorSet([packagePath('cascades')], 1);
    const page = operatorsPage(await loadOperatorSet([packagePath('cascades')], 1));
    for (const name of operators.keys()) expect(page).toContain(`\n## ${name}\n`);
  });
});
