import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import { OperatorRegistry } from '../../src/operators/cascade/operator-registry.ts';

function operator(id: string, name: string, keyword: string, prompt = 'Text:'): string {
  return `cascade_id: ${id}
sql_function:
  name: ${name}
  args: [{ name: text }, { name: criterion }]
  returns: BOOLEAN
  operators: ['{{ text }} ${keyword} {{ criterion }}']
cells:
  - name: evaluate
    instructions: '${prompt} {{ input.text }} {{ input.criterion }}'
`;
}

let root: string;
const write = async (name: string, text: string): Promise<void> => {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), text);
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cascades-'));
  await mkdir(join(root, 'own'));
  await mkdir(join(root, 'users'));
});
afterEach(() => rm(root, { recursive: true }));

const load = () => loadOperatorSet([join(root, 'own'), join(root, 'users')], 1);

describe('the shipped cascades', () => {
  it('give MEANS, NOT MEANS and two cascades that are no SQL operator', async () => {
    const set = await loadOperatorSet(['cascades'], 7);
    expect(set.version).toBe(7);
    expect(set.patterns.get('MEANS')?.operator).toBe(set.patterns.get('NOT MEANS')?.operator);
    expect(set.operators.get('semantic_matches')?.sql.args.map((arg) => arg.role)).toEqual([
      'value',
      'criterion',
    ]);
    expect(set.cascades.get('semantic_matches')?.cells[0]?.training).toMatchObject({
      useTraining: true,
      limit: 5,
    });
    for (const id of ['sentiment_classifier', 'code_reviewer']) {
      expect(set.cascades.get(id)?.sqlFunction).toBeNull();
      expect(set.cascades.get(id)?.cells.at(-1)?.training.useTraining).toBe(true);
      expect(set.cascades.get(id)?.testCases.length).toBeGreaterThan(0);
    }
  });
});

describe('folders of cascades', () => {
  it('are read all the way down, and only files that end in .cascade.yaml', async () => {
    await write('own/deep/er/a.cascade.yaml', operator('a', 'a', 'FITS'));
    await write('own/notes.yaml', 'no cascade');
    expect([...(await load()).cascades.keys()]).toEqual(['a']);
  });

  it('override earlier ones by cascade_id, whatever the file is called', async () => {
    await write('own/a.cascade.yaml', operator('a', 'a', 'FITS', 'Old'));
    await write('users/mine.cascade.yaml', operator('a', 'a', 'SUITS', 'New'));
    const set = await load();
    expect([...set.patterns.keys()]).toEqual(['SUITS', 'NOT SUITS']);
    expect(set.operators.get('a')?.cascade.cells[0]?.instructions).toContain('New');
  });

  it.each([
    ['one cascade_id in one folder', operator('a', 'other', 'SUITS'), 'the cascade a is defined twice'],
    ['one keyword', operator('b', 'b', 'fits'), 'the operator FITS is defined twice'],
    ['one function name', operator('b', 'A', 'SUITS'), 'the SQL function a is defined twice'],
  ])('may not claim %s twice: both files are named', async (_, second, message) => {
    await write('own/first.cascade.yaml', operator('a', 'a', 'FITS'));
    await write('own/second.cascade.yaml', second);
    await expect(load()).rejects.toThrow(message);
    await expect(load()).rejects.toThrow(/first\.cascade\.yaml and in .*second\.cascade\.yaml/);
  });

  it('that are missing are an error and not an empty set', async () => {
    await expect(loadOperatorSet([join(root, 'nowhere')], 1)).rejects.toThrow('nowhere cannot be read');
  });
});

describe('the registry', () => {
  it('reloads without touching the set that a statement holds', async () => {
    await write('own/a.cascade.yaml', operator('a', 'a', 'FITS'));
    const registry = await OperatorRegistry.open([join(root, 'own')]);
    const held = registry.current();
    await write('own/b.cascade.yaml', operator('b', 'b', 'SUITS'));
    const [second, third] = await Promise.all([registry.reload(), registry.reload()]);
    expect([held.version, second.version, third.version]).toEqual([1, 2, 3]);
    expect([...held.operators.keys()]).toEqual(['a']);
    expect([...registry.current().operators.keys()]).toEqual(['a', 'b']);
  });

  it('keeps the old set where a file is wrong, and recovers when it is mended', async () => {
    await write('own/a.cascade.yaml', operator('a', 'a', 'FITS'));
    const registry = await OperatorRegistry.open([join(root, 'own')]);
    await write('own/b.cascade.yaml', 'cascade: b\n');
    await expect(registry.reload()).rejects.toThrow('b.cascade.yaml:1: unknown key "cascade"');
    expect([...registry.current().operators.keys()]).toEqual(['a']);
    await write('own/b.cascade.yaml', operator('b', 'b', 'SUITS'));
    expect((await registry.reload()).operators.size).toBe(2);
  });
});
