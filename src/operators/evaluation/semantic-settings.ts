import { SqlError } from '../../errors.ts';
import type { SemanticSettings } from './statement-scope.ts';
import { DEFAULT_SEMANTIC_SETTINGS } from './statement-scope.ts';

type Field = keyof SemanticSettings;
type Value = SemanticSettings[Field];

/** How a kind of setting is read and written. */
interface Kind {
  /** Throws SqlError 22023. */
  parse(name: string, text: string): Value;
  show(value: Value): string;
}

/** One `rvbbit.…` setting of the evaluation, as SET and SHOW know it. */
export interface SemanticSetting {
  readonly name: string;
  readonly field: Field;
  /** What SHOW gives where nothing was set. */
  readonly initial: string;
  readonly description: string;
  /** Throws SqlError 22023. */
  parse(text: string): Value;
  show(value: Value): string;
}

const NO_LIMIT = 'Give a number above 0, or 0 for no limit.';
const LARGEST = 1e15;

const MODEL: Kind = {
  parse: (_name, text) => (text === '' ? null : text),
  show: (value) => String(value ?? ''),
};

/** Above 0; null is written as 0. */
const LIMIT: Kind = {
  parse: (name, text) => wholeNumber(name, text, LARGEST) || null,
  show: (value) => String(value ?? 0),
};

const TAKES: Kind = { ...LIMIT, parse: (name, text) => wholeNumber(name, text, 100) || null };

const BATCH: Kind = { ...LIMIT, parse: (name, text) => wholeNumber(name, text, 256) || null };

const COUNT: Kind = { parse: (name, text) => wholeNumber(name, text, LARGEST), show: String };

const DOLLARS: Kind = {
  parse(name, text) {
    const dollars = /^\s*\d*\.?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
    if (dollars >= 0) return dollars || null;
    throw invalid(name, text, NO_LIMIT);
  },
  show: (value) => String(value ?? 0),
};

/** Above 0, at most 1. */
const SHARE: Kind = {
  parse(name, text) {
    const share = /^\s*\d*\.?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
    if (share > 0 && share <= 1) return share;
    throw invalid(name, text, 'Give a share above 0 and at most 1, as 0.95.');
  },
  show: String,
};

const FLAG: Kind = {
  parse(name, text) {
    if (/^(on|true|t|yes|y|1)$/i.test(text)) return true;
    if (/^(off|false|f|no|n|0)$/i.test(text)) return false;
    throw new SqlError('22023', `parameter "${name}" requires a Boolean value`);
  },
  show: (value) => (value === true ? 'on' : 'off'),
};

function choice(words: readonly (SemanticSettings['onError'] | SemanticSettings['reuseAnswers'])[]): Kind {
  return {
    parse(name, text) {
      const word = words.find((known) => known === text.toLowerCase());
      if (word !== undefined) return word;
      throw invalid(name, text, `Available values: ${words.join(', ')}.`);
    },
    show: String,
  };
}

export const SEMANTIC_SETTINGS: readonly SemanticSetting[] = Object.freeze([
  setting('model', 'model', MODEL, 'provider/model in the place of the configured one.'),
  setting('on_error', 'onError', choice(['error', 'null']), 'What a failed call makes of its statement.'),
  setting(
    'reuse_answers',
    'reuseAnswers',
    choice(['same_examples', 'any', 'none']),
    'Which known answers are taken: those given with the same examples, with any, or none.',
  ),
  setting('use_verified', 'useVerified', FLAG, 'Whether verified answers are given without a call.'),
  setting(
    'takes',
    'takes',
    TAKES,
    'Samples of each answer: scores give their median, other answers are voted on; 0 leaves it to the cells.',
  ),
  setting(
    'batch_size',
    'batchSize',
    BATCH,
    'Most rows in one request; 0 leaves it to the cells, 1 packs none.',
  ),
  setting('max_calls', 'maxCalls', LIMIT, 'Most requests that a statement may send; 0 is no limit.'),
  setting('max_tokens', 'maxTokens', LIMIT, 'Most tokens that a statement may use; 0 is no limit.'),
  setting('max_cost_usd', 'maxCostUsd', DOLLARS, 'Most US dollars a statement may spend; 0 is no limit.'),
  setting('max_pairs', 'maxPairs', COUNT, 'Most pairs of a semantic join that are judged one by one.'),
  setting(
    'recall',
    'recall',
    SHARE,
    'Share of the true values that must be found; below 1 a proxy may decide instead of the model.',
  ),
  setting(
    'precision',
    'precision',
    SHARE,
    'Share of the values found that must be true, where rvbbit.recall is below 1.',
  ),
  setting('progress', 'progress', FLAG, 'Whether a long statement says how far it is.'),
]);

/** The settings of a statement. `valueOf` gives what SET was told, or undefined. Throws SqlError 22023. */
export function readSemanticSettings(valueOf: (name: string) => string | undefined): SemanticSettings {
  const fields = SEMANTIC_SETTINGS.map(({ name, field, initial, parse }) => {
    return [field, parse(valueOf(name) ?? initial)] as const;
  });
  return Object.freeze({ ...DEFAULT_SEMANTIC_SETTINGS, ...Object.fromEntries(fields) });
}

function setting(shortName: string, field: Field, kind: Kind, description: string): SemanticSetting {
  const name = `rvbbit.${shortName}`;
  const initial = kind.show(DEFAULT_SEMANTIC_SETTINGS[field]);
  const parse = (text: string): Value => kind.parse(name, text);
  return Object.freeze({ name, field, initial, description, parse, show: kind.show });
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  if (number <= most) return number;
  throw invalid(name, text, `Give a whole number from 0 to ${most}.`);
}

function invalid(name: string, text: string, hint: string): SqlError {
  return new SqlError('22023', `invalid value for parameter "${name}": "${text}"`, { hint });
}
