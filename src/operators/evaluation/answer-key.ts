import { createHash } from 'node:crypto';
import type { Example } from '../../training/example.ts';

/**
 * The key under which an answer is found again: `<question>.<examples>`, each 128 bits of SHA-256 in base64url. The
 * first half is what was asked (cascade fingerprint, models, canonical inputs), the second what the model was shown;
 * so a mark changes exactly the keys whose examples changed, and `reuse_answers = 'any'` looks for the first half.
 */
export function answerKey(question: string, examples: string): string {
  return `${question}.${examples}`;
}

/** `canonicalInputs` is the canonical JSON of the declared inputs. */
export function questionKey(fingerprint: string, models: readonly string[], canonicalInputs: string): string {
  return digest([fingerprint, ...models, canonicalInputs].join('\u0000'));
}

/** Of an answer that a person gave: it is no model's, and no list of examples has a part in it. */
export function verifiedKey(fingerprint: string, canonicalInputs: string, output: string): string {
  return answerKey(questionKey(fingerprint, ['human'], canonicalInputs), digest(output));
}

/** Order counts: examples in another order are another prompt. A corrected example is another example. */
export function examplesKey(byCell: ReadonlyMap<string, readonly Example[]>): string {
  const parts: string[] = [];
  for (const [cell, examples] of byCell) {
    if (examples.length === 0) continue;
    parts.push(cell, ...examples.map((example) => `${example.traceId}=${example.output}`));
  }
  return parts.length === 0 ? 'none' : digest(parts.join('\u0000'));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
}
