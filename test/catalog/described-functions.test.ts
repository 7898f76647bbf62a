import { describe, expect, it } from 'vitest';
import { catalogFunctions } from '../../src/cli/catalog-functions.ts';
import { typeOid } from '../../src/server/catalog/builtin-type-oids.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import { packagePath } from '../../src/cli/package-folder.ts';

describe('pg_proc', () => {
  it('shows every operator, the searches and ask_data, with types of PostgreSQL and a description', async () => {
    const shown = catalogFunctions(await loadOperatorSet([packagePath('cascades')], 1));
    const names = shown.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'semantic_matches',
        'vector_search',
        'keyword_search',
        'hybrid_search',
        'ask_data',
      ]),
    );
    for (const { name, args, returns, description } of shown) {
      expect(description, name).not.toBe('');
      for (const type of [returns, ...args.map((arg) => arg.type)])
        expect(typeOid(type), name).not.toBeNull();
    }
  });
});
