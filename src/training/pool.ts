import { createHash } from 'node:crypto';
import type { Example } from './example.ts';
import { findStrategy } from './strategies/find-strategy.ts';
import type { TrainingSettings } from './training-settings.ts';
import type { CellIdentity, ExamplePool } from './training.ts';

/** The eligible examples of a cell at one version of its marks, newest first. */
export interface ExampleSnapshot {
  readonly version: string;
  readonly examples: readonly Example[];
}

/** Throws SqlError 22023 where the strategy is unknown. */
export function makePool(
  snapshot: ExampleSnapshot,
  cell: CellIdentity,
  settings: TrainingSettings,
): ExamplePool {
  const eligible = snapshot.examples.filter(
    (example) => example.confidence >= settings.minConfidence && (example.verified || !settings.verifiedOnly),
  );
  const selection = findStrategy(settings.strategy).select({
    examples: eligible,
    cell,
    limit: settings.limit,
    seed: snapshot.version,
  });
  return Object.freeze({
    version: versionOf(selection.reach),
    size: eligible.length,
    trouble: null,
    pick: selection.pick,
  });
}

export function emptyPool(trouble: string | null): ExamplePool {
  const none: readonly Example[] = Object.freeze([]);
  return Object.freeze({ version: versionOf(none), size: 0, trouble, pick: () => none });
}

/** Of what the picks are made of: marks that change no pick change no version. */
function versionOf(reach: readonly Example[]): string {
  const hash = createHash('sha256');
  for (const { traceId, inputs, output } of reach)
    hash.update(`${JSON.stringify([traceId, inputs, output])}\n`);
  return hash.digest('hex').slice(0, 32);
}
