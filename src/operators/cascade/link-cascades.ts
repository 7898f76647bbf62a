import { createHash } from 'node:crypto';
import { StartupError } from '../../errors.ts';
import type { Cascade, Cell } from './cascade.ts';
import { suggestion } from './nearest.ts';

type Cascades = ReadonlyMap<string, Cascade>;

/**
 * The cascades with those that their cells call in them, so that a change of the called one changes the answer of the
 * caller. Throws StartupError where one is missing or calls itself.
 */
export function linkCascades(cascades: Cascades): Cascades {
  const linked = new Map<string, Cascade>();
  for (const cascade of cascades.values()) link(cascade, cascades, linked, []);
  return new Map([...cascades.keys()].map((id) => [id, linked.get(id) as Cascade]));
}

/** One cascade that is not of the set. */
export function linkCascade(cascade: Cascade, cascades: Cascades): Cascade {
  return link(cascade, cascades, new Map(), []);
}

function link(
  cascade: Cascade,
  cascades: Cascades,
  linked: Map<string, Cascade>,
  callers: readonly string[],
): Cascade {
  const known = linked.get(cascade.cascadeId);
  if (known !== undefined) return known;
  if (callers.includes(cascade.cascadeId)) throw circular(cascade, callers);
  const cells = cascade.cells.map((cell) => {
    if (cell.calls === undefined) return cell;
    const called = calledBy(cascade, cell, cascades);
    const target = link(called, cascades, linked, [...callers, cascade.cascadeId]);
    return Object.freeze({ ...cell, calls: Object.freeze({ ...cell.calls, cascade: target }) });
  });
  const made = cells.some(({ calls }) => calls !== undefined) ? relinked(cascade, cells) : cascade;
  linked.set(cascade.cascadeId, made);
  return made;
}

function relinked(cascade: Cascade, cells: readonly Cell[]): Cascade {
  const called = cells.flatMap(({ calls }) => calls?.cascade ?? []);
  const parts = [cascade.fingerprint, ...called.map(({ fingerprint }) => fingerprint)];
  return Object.freeze({
    ...cascade,
    cells: Object.freeze(cells),
    readsTables: [cascade, ...called].some(({ readsTables }) => readsTables === true),
    fingerprint: createHash('sha256').update(parts.join('\u0000')).digest('hex'),
  });
}

function calledBy(cascade: Cascade, { name, calls }: Cell, cascades: Cascades): Cascade {
  const id = calls?.cascadeId ?? '';
  const called = cascades.get(id);
  if (called === undefined) {
    throw new StartupError(
      `${cascade.file}: cell "${name}" calls the cascade "${id}", which is not loaded`,
      suggestion(id, [...cascades.keys()]),
    );
  }
  const given = Object.keys(calls?.inputs ?? {});
  const unknown = given.find((input) => !called.inputs.includes(input));
  if (unknown === undefined) return called;
  throw new StartupError(
    `${cascade.file}: cell "${name}" gives "${unknown}" to ${id}, which has no such input`,
    suggestion(unknown, called.inputs),
  );
}

function circular({ file, cascadeId }: Cascade, callers: readonly string[]): StartupError {
  const path = [...callers.slice(callers.indexOf(cascadeId)), cascadeId].join(' → ');
  return new StartupError(`${file}: the cascades call one another without end: ${path}`);
}
