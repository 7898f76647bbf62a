import type { TrainingSettings } from '../../training/training-settings.ts';
import type { LocalWay } from '../models/local-ways.ts';
import type { AnswerKind } from '../models/model-provider.ts';

/** Several samples of one cell, made one. */
export interface Takes {
  /** Most samples: a vote ends early once no other answer can win, first_valid with the first valid one. */
  readonly count: number;
  /** `median` is of numbers; of an even count the lower of the two in the middle. */
  readonly reduce: 'vote' | 'median' | 'first_valid' | 'evaluator';
  /** Jinja template of the question which sample is best; null except for `evaluator`. */
  readonly evaluator: string | null;
}

/** Several rows in one request. It changes no fingerprint: a row's question is the same in company. */
export interface Batch {
  readonly maxItems: number;
  /** Of all rows of a request together, estimated. */
  readonly maxTokens: number;
}

export const DEFAULT_BATCH_TOKENS = 8_000;

/** Of the values of a group in one call; larger groups are taken in parts. */
export const DEFAULT_GROUP_TOKENS = 24_000;

/** A check of what goes into a cell or comes out of it. */
export interface Ward {
  /** A predicate of SQL over `$name`, and `$output` behind the cell; null where `schema` checks. */
  readonly sql: string | null;
  readonly schema: Readonly<Record<string, unknown>> | null;
  /** `blocking` fails the call, `retry` asks the model again, `advisory` warns. */
  readonly mode: 'blocking' | 'retry' | 'advisory';
  /** Said instead of the check itself. */
  readonly message: string | null;
}

export interface Wards {
  readonly pre: readonly Ward[];
  readonly post: readonly Ward[];
}

/** A SELECT over `$name`, of inputs and earlier cells. */
export interface CellQuery {
  readonly sql: string;
  readonly maxRows: number;
}

/** Another cascade as a cell of one. */
export interface CalledCascade {
  readonly cascadeId: string;
  /** By its input's name: a template, or a value as it is. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** There once the set of cascades is loaded. */
  readonly cascade?: Cascade;
}

export interface Cell {
  readonly name: string;
  /** Jinja template over `input` and `outputs`; empty where the cell asks no model. */
  readonly instructions: string;
  /** In the place of a model. */
  readonly query?: CellQuery;
  /** In the place of a model. */
  readonly calls?: CalledCascade;
  readonly wards?: Wards;
  /** `provider/model`; null takes the configured one. */
  readonly model: string | null;
  readonly kind: AnswerKind;
  readonly labels: readonly string[];
  /** The input that lists the labels; then `labels` is empty until the inputs are known. */
  readonly labelsFrom?: string;
  readonly outputSchema: Readonly<Record<string, unknown>> | null;
  /** The input that holds the structure of the answer as DuckDB's from_json reads it; as `labelsFrom`. */
  readonly schemaFrom?: string;
  /** How a provider without a language model answers; it judges by the criterion where this is left out. */
  readonly local?: LocalWay;
  /** Times a reply that fails validation is asked again, after the first. */
  readonly maxRetries: number;
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  readonly timeoutMs: number;
  /** null asks once. */
  readonly takes: Takes | null;
  /** null packs rows only where a session asks for it. */
  readonly batch: Batch | null;
  readonly training: TrainingSettings;
  /** SHA-256, hex: of prompt, kind, labels and schema. Marks belong to it. */
  readonly fingerprint: string;
}

export interface OperatorArg {
  readonly name: string;
  /** A DuckDB type. */
  readonly type: string;
  readonly optional: boolean;
  readonly default: unknown;
  /** `criterion` marks the argument that states the question. */
  readonly role: 'value' | 'criterion';
}

/** `{{ text }} MEANS {{ criterion }}` after loading. */
export interface InfixPattern {
  /** Upper case, words separated by one space. */
  readonly keyword: string;
  /** The operator that stands for it in DuckDB; derived from the keyword alone, so it outlives the process. */
  readonly symbol: string;
  readonly negated: boolean;
  readonly left: string;
  readonly right: string;
}

export interface SqlFunction {
  readonly name: string;
  readonly description: string;
  readonly args: readonly OperatorArg[];
  /** A DuckDB type. */
  readonly returns: string;
  /** The argument that holds the structure of what is returned; none where it names no argument. */
  readonly returnsArg?: string;
  readonly shape: 'scalar' | 'aggregate' | 'dimension' | 'table' | 'sql';
  /** Of the shape `sql`: an expression over the arguments, of which no model knows. */
  readonly body?: string;
  /** Of a dimension without cells: the cascade_id of what says whether two of its values mean the same. */
  readonly sameBy?: string;
  /** Of a dimension: the cascade_id of what picks one of its labels for a value. */
  readonly assignWith?: string;
  /** True of equal arguments, without a question. */
  readonly reflexive?: boolean;
  /** False asks anew in every statement; the default hangs on whether a cell reads tables. */
  readonly cache?: boolean;
  /** Age in milliseconds from which on an answer is not taken any more. */
  readonly ttlMs?: number;
  /** Of an aggregate: most tokens, estimated, of the values in one call. */
  readonly maxTokens?: number;
  readonly patterns: readonly InfixPattern[];
}

export interface TestCase {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Where it is an object, the answer may have more keys than it names. */
  readonly expect: unknown;
}

/** A loaded cascade file, frozen. */
export interface Cascade {
  readonly cascadeId: string;
  readonly description: string;
  readonly file: string;
  /** The YAML as read. */
  readonly source: string;
  readonly inputs: readonly string[];
  readonly sqlFunction: SqlFunction | null;
  readonly cells: readonly Cell[];
  /** Its answers hang on what tables hold, so none is taken again unless the file says so. */
  readonly readsTables?: boolean;
  readonly testCases: readonly TestCase[];
  /** SHA-256, hex: of everything that can change an answer, models and sampling included. */
  readonly fingerprint: string;
}

/** A cascade that is a SQL function. */
export interface Operator {
  readonly cascade: Cascade;
  readonly sql: SqlFunction;
}
