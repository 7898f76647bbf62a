import { createHash } from 'node:crypto';
import type { MarkedExample } from './marked-example.ts';
import type { CellIdentity, VerifiedAnswer, VerifiedAnswers } from './training.ts';

export const NOTHING_VERIFIED: VerifiedAnswers = Object.freeze({ version: 'none', byInputs: new Map() });

/**
 * The outputs that a person has verified, corrected where they were corrected. Inputs for which people have verified
 * different outputs have none, nor have outputs that the cell cannot give.
 */
export function verifiedAnswersOf(marked: readonly MarkedExample[], cell: CellIdentity): VerifiedAnswers {
  const answers = new Map<string, VerifiedAnswer>();
  const disputed = new Set<string>();
  for (const example of marked) {
    if (!example.verified || example.automatic === true) continue;
    const output = cell.outputs === undefined ? example.output : cell.outputs.canonical(example.output);
    if (output === null) continue;
    const known = answers.get(example.canonicalInputs);
    if (known !== undefined && known.output !== output) disputed.add(example.canonicalInputs);
    else answers.set(example.canonicalInputs, Object.freeze({ traceId: example.traceId, output }));
  }
  for (const inputs of disputed) answers.delete(inputs);
  if (answers.size === 0) return NOTHING_VERIFIED;
  return Object.freeze({ version: versionOf(answers), byInputs: answers });
}

function versionOf(answers: ReadonlyMap<string, VerifiedAnswer>): string {
  const hash = createHash('sha256');
  for (const [inputs, { output }] of answers) hash.update(JSON.stringify([inputs, output]));
  return hash.digest('hex').slice(0, 32);
}
