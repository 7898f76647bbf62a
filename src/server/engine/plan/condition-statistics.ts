import type { Node } from 'libpg-query';
import type { SqlFunction } from '../../../operators/cascade/cascade.ts';
import type { CascadeCall } from '../../../operators/runner/cascade-runner.ts';
import { bodyOf, textOf } from '../../dialect/syntax-tree.ts';
import { isOnPairs } from './pair-check.ts';
import type { SemanticCall, SemanticVocabulary } from './semantic-vocabulary.ts';

/** Fewer answers than this tell nothing yet. */
const ENOUGH = 10;

interface Tally {
  answers: number;
  trues: number;
  ms: number;
}

/** How often the answers of an operator to a criterion are true, and how long they take. One a database. */
export class ConditionStatistics {
  readonly #tallies = new Map<string, Tally>();
  #answers = 0;

  /** Changes as the number of answers doubles: an order found before it may be improved. */
  get generation(): number {
    return Math.floor(Math.log2(this.#answers + 1));
  }

  /** `ms`: how long the call took. */
  add({ cascade, inputs }: CascadeCall, value: unknown, ms: number): void {
    if (cascade.sqlFunction === null) return;
    const key = keyOf(cascade.sqlFunction, criterionIn(cascade.sqlFunction, inputs));
    const tally = this.#tallies.get(key) ?? { answers: 0, trues: 0, ms: 0 };
    tally.answers += 1;
    tally.trues += value === true ? 1 : 0;
    tally.ms += ms;
    this.#tallies.set(key, tally);
    this.#answers += 1;
  }

  /**
   * The conditions in the order that judges least: by cost over the share of rows it drops. Those on pairs come last,
   * as there are more pairs than values; without measurements for all, they keep the order in which they are written.
   */
  order(conditions: readonly Node[], vocabulary: SemanticVocabulary): readonly Node[] {
    const single = conditions.filter((node) => !vocabulary.callsIn(node).some(isOnPairs));
    const pairs = conditions.filter((node) => !single.includes(node));
    return Object.freeze([...this.#ranked(single, vocabulary), ...this.#ranked(pairs, vocabulary)]);
  }

  #ranked(conditions: readonly Node[], vocabulary: SemanticVocabulary): readonly Node[] {
    const ranks = conditions.map((node) => this.#rankOf(node, vocabulary));
    if (ranks.some((rank) => rank === null)) return conditions;
    const order = conditions.map((_, at) => at).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
    return order.map((at) => conditions[at] as Node);
  }

  /** Milliseconds for each row dropped; null where nothing was measured. */
  #rankOf(node: Node, vocabulary: SemanticVocabulary): number | null {
    const calls = vocabulary.callsIn(node);
    const tallies = calls.map((call) => this.#tallies.get(keyOf(call.sql, criterionOf(call))));
    const cost = tallies.reduce(
      (sum, tally) => sum + (tally === undefined ? Number.NaN : tally.ms / tally.answers),
      0,
    );
    const [tally] = tallies;
    if (tally === undefined || Number.isNaN(cost) || tallies.some((each) => (each?.answers ?? 0) < ENOUGH))
      return null;
    return (cost + 1) / (1 - passing(node, calls, tally) + 1e-6);
  }
}

/** The share of rows that the condition keeps; half of them where it is more than one answer or its negation. */
function passing(node: Node, [call, ...more]: readonly SemanticCall[], { answers, trues }: Tally): number {
  const share = (trues + 1) / (answers + 2);
  if (call === undefined || more.length > 0) return 0.5;
  const negation = bodyOf(node, 'BoolExpr');
  const inner = negation?.boolop === 'NOT_EXPR' ? negation.args?.[0] : node;
  if (inner !== call.node) return 0.5;
  return (inner === node) === call.negated ? 1 - share : share;
}

function criterionOf({ sql, args }: SemanticCall): string | undefined {
  return textOf(args[sql.args.findIndex(({ role }) => role === 'criterion')]);
}

function criterionIn(sql: SqlFunction, inputs: Readonly<Record<string, unknown>>): string | undefined {
  const criterion = inputs[sql.args.find(({ role }) => role === 'criterion')?.name ?? ''];
  return typeof criterion === 'string' ? criterion : undefined;
}

function keyOf({ name }: SqlFunction, criterion: string | undefined): string {
  return JSON.stringify([name, criterion ?? null]);
}
