import type { Node } from 'libpg-query';
import { conjunctsOf } from './nodes.ts';
import type { SemanticVocabulary } from './semantic-vocabulary.ts';

/** The conditions of a filter by what evaluating them costs. */
export interface Conjuncts {
  /** Cheap, and may be evaluated twice. */
  readonly cheap: readonly Node[];
  /** Cheap, but with a subquery or a volatile function. */
  readonly once: readonly Node[];
  readonly semantic: readonly Node[];
}

export function sortConjuncts(conditions: readonly Node[], vocabulary: SemanticVocabulary): Conjuncts {
  const all = conditions.flatMap((condition) => conjunctsOf(condition));
  const semantic = all.filter((node) => vocabulary.contains(node));
  const others = all.filter((node) => !vocabulary.contains(node));
  return Object.freeze({
    cheap: Object.freeze(others.filter((node) => vocabulary.isRepeatable(node))),
    once: Object.freeze(others.filter((node) => !vocabulary.isRepeatable(node))),
    semantic: Object.freeze(semantic),
  });
}
