import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import { ResolvedCells } from '../../src/operators/runner/resolved-cells.ts';

const { operators } = await loadOperatorSet([resolve('cascades')], 1);

function cellOf(name: string) {
  const cell = operators.get(name)?.cascade.cells[0];
  if (cell === undefined) throw new Error(`${name} has no cell`);
  return cell;
}

describe('a cell whose labels are an input', () => {
  it('takes them from each call, and is the same for the same labels', () => {
    const cells = new ResolvedCells();
    const cell = cells.resolve(cellOf('classify'), { text: 'a', labels: ['x', 'y'] });
    expect(cell.labels).toEqual(['x', 'y']);
    expect(cells.resolve(cellOf('classify'), { text: 'b', labels: ['x', 'y'] })).toBe(cell);
    expect(cells.resolve(cellOf('classify'), { text: 'b', labels: ['y', 'x'] })).not.toBe(cell);
  });

  it.each([[['x']], [['x', 'X']], [['x', ' ']], [['x', 3]], ['x, y'], [null]])('refuses %j', (labels) => {
    expect(() => new ResolvedCells().resolve(cellOf('classify'), { text: 'a', labels })).toThrow(
      expect.objectContaining({ code: '22023' }),
    );
  });
});

describe('a cell whose structure is an input', () => {
  it('asks for JSON of that structure', () => {
    const structure = '{"name": "VARCHAR", "n": "INTEGER", "sizes": ["DOUBLE"], "ok": "BOOLEAN"}';
    expect(new ResolvedCells().resolve(cellOf('extract_struct'), { structure }).outputSchema).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['name', 'n', 'sizes', 'ok'],
      properties: {
        name: { type: ['string', 'null'] },
        n: { type: ['integer', 'null'] },
        sizes: { type: 'array', items: { type: ['number', 'null'] } },
        ok: { type: ['boolean', 'null'] },
      },
    });
  });

  it.each(['name', '{}', '[]', '{"a": 1}'])('refuses %j', (structure) => {
    expect(() => new ResolvedCells().resolve(cellOf('extract_struct'), { structure })).toThrow(
      expect.objectContaining({ code: '22023' }),
    );
  });
});
