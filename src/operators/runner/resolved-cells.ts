import { SqlError } from '../../errors.ts';
import { canonicalJson } from '../cascade/canonical-json.ts';
import type { Cell } from '../cascade/cascade.ts';
import { schemaOfStructure } from './schema-of-structure.ts';

type Inputs = Readonly<Record<string, unknown>>;

/** Of one cell; each is compiled once, and statements seldom ask with more. */
const KEPT = 64;

/** Cells whose labels or schema are an input, with that input filled in. Equal inputs give the same cell. */
export class ResolvedCells {
  readonly #known = new WeakMap<Cell, Map<string, Cell>>();

  /** The cell itself where nothing is to be filled in. Throws SqlError 22023 for labels or a structure that are none. */
  resolve(cell: Cell, inputs: Inputs): Cell {
    const { labelsFrom, schemaFrom } = cell;
    if (labelsFrom === undefined && schemaFrom === undefined) return cell;
    const key = canonicalJson([inputs[labelsFrom ?? ''] ?? null, inputs[schemaFrom ?? ''] ?? null]);
    const known = this.#known.get(cell) ?? new Map<string, Cell>();
    this.#known.set(cell, known);
    const resolved = known.get(key) ?? filledIn(cell, inputs);
    if (known.size >= KEPT) known.clear();
    known.set(key, resolved);
    return resolved;
  }
}

function filledIn(cell: Cell, inputs: Inputs): Cell {
  const { labelsFrom, schemaFrom } = cell;
  return Object.freeze({
    ...cell,
    ...(labelsFrom === undefined ? {} : { labels: labelsOf(inputs[labelsFrom], labelsFrom) }),
    ...(schemaFrom === undefined ? {} : { outputSchema: schemaOfStructure(inputs[schemaFrom], schemaFrom) }),
  });
}

function labelsOf(value: unknown, name: string): readonly string[] {
  const labels = Array.isArray(value)
    ? value.filter((label): label is string => typeof label === 'string')
    : [];
  const distinct = new Set(labels.map((label) => label.trim().toLowerCase()));
  const bad = !Array.isArray(value) || labels.length !== value.length || distinct.size !== labels.length;
  if (!bad && labels.length >= 2 && !distinct.has('')) return Object.freeze(labels);
  throw new SqlError('22023', `${name} is no list of labels: ${canonicalJson(value ?? null)}`, {
    hint: "Give two or more different texts, as in ['praise', 'complaint', 'question'].",
  });
}
