import { createHash } from 'node:crypto';
import {
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBScalarFunction,
  type DuckDBType,
  type DuckDBVector,
  UBIGINT,
  VARCHAR,
} from '@duckdb/node-api';
import type { OperatorArg, SqlFunction } from '../../operators/cascade/cascade.ts';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import { isText } from '../../operators/evaluation/argument-value.ts';
import { RUN_SIGNATURE } from '../../operators/evaluation/run-book.ts';
import { ArgumentReader } from './argument-reader.ts';
import { identifier } from './identifier.ts';
import { CALL_VARIANTS, type CallVariant, givesKnown, peeks, variantName } from './plan/call-variant.ts';
import { answerChunk, type FunctionVariant, type WriteAnswer } from './semantic-function.ts';
import { type ProbeOf, StatementProbe } from './statement-probe.ts';

/** The catalog, attached to every database, that holds the macros under which the operators are called. */
export const OPERATOR_CATALOG = 'rvbbit';

interface BoundFunction {
  readonly probe: StatementProbe;
}

/**
 * Makes the operators callable in one database. A semantic function takes the hash of its arguments and the arguments
 * as texts; macros under the operator's name and its symbols compute the hash, so that DuckDB hashes (many rows at
 * a time) and the function only compares numbers. Two varying arguments also keep DuckDB from evaluating the
 * function over a whole storage dictionary, rows filtered away included.
 */
export class OperatorFunctions {
  readonly #registered = new Set<string>();

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly probeOf: ProbeOf,
  ) {}

  async install(operators: OperatorSet): Promise<void> {
    for (const operator of operators.operators.values()) {
      if (operator.sql.shape === 'scalar') await this.#installScalar(operator.sql);
    }
    await this.#installScalar(RUN_SIGNATURE);
  }

  async #installScalar(sql: SqlFunction): Promise<void> {
    const native = this.#register(sql);
    const overloads = aritiesOf(sql.args).map((count) => overload(native, sql.args, count, sql.returns));
    await this.#macro(sql.name, overloads.join(', '));
    for (const { symbol, negated, left, right } of sql.patterns) {
      const args = sql.args.map((arg) =>
        arg.name === left ? 'l' : arg.name === right ? 'r' : literalDefault(arg),
      );
      const call = invocation(native, sql.args, args, sql.returns);
      await this.#macro(symbol, `(l, r) AS ${negated ? `NOT (${call})` : call}`);
    }
    for (const variant of CALL_VARIANTS) await this.#installVariant(sql, variant);
  }

  async #installVariant(sql: SqlFunction, variant: CallVariant): Promise<void> {
    const native = this.#register(sql, variant);
    const returns = givesKnown(variant) ? 'BOOLEAN' : sql.returns;
    const overloads = aritiesOf(sql.args).map((count) => overload(native, sql.args, count, returns));
    await this.#macro(variantName(sql.name, variant), overloads.join(', '));
  }

  /** Functions cannot be replaced in DuckDB, so a changed signature gets a name of its own. */
  #register(sql: SqlFunction, variant: CallVariant | null = null): string {
    const { name, args, returns } = sql;
    const types = args.map(({ type, optional }) => [type, optional]);
    const signature = JSON.stringify([name, types, returns, ...(variant === null ? [] : [variant])]);
    const native = `__rvbbit_${name}_${createHash('sha256').update(signature).digest('hex').slice(0, 8)}`;
    if (!this.#registered.has(native)) {
      this.connection.registerScalarFunction(this.#function(native, sql, variant));
      this.#registered.add(native);
    }
    return native;
  }

  #function(native: string, sql: SqlFunction, variant: CallVariant | null): DuckDBScalarFunction {
    const { type, write } = resultOf(givesKnown(variant) ? 'BOOLEAN' : sql.returns);
    const work: FunctionVariant = Object.freeze({
      name: sql.name,
      required: sql.args.filter(({ optional }) => !optional).length,
      givesKnown: givesKnown(variant),
      peeks: peeks(variant),
      write,
    });
    return DuckDBScalarFunction.create({
      name: native,
      parameterTypes: [UBIGINT],
      varArgsType: VARCHAR,
      returnType: type,
      // An optional argument may be NULL without making the answer NULL.
      specialHandling: true,
      bindFunction: (info) => {
        const probe = this.probeOf(info.clientContext.connectionId) ?? new StatementProbe();
        probe.bound.add(sql.name);
        info.setBindData({ probe } satisfies BoundFunction);
      },
      mainFunction: (info, chunk, out) => {
        const { probe } = info.bindData as BoundFunction;
        const error = answerChunk(work, probe, new ArgumentReader(chunk), out);
        if (error === null) out.flush();
        else info.setError(error);
      },
    });
  }

  async #macro(name: string, definition: string): Promise<void> {
    await this.connection.run(
      `CREATE OR REPLACE MACRO ${OPERATOR_CATALOG}.main.${identifier(name)} ${definition.startsWith('(') ? '' : 'AS '}${definition}`,
    );
  }
}

/** The numbers of arguments under which a function may be called: trailing optional ones may be left out. */
function aritiesOf(args: readonly OperatorArg[]): readonly number[] {
  const least = args.findIndex((arg) => arg.optional);
  const from = least === -1 ? args.length : least;
  return Array.from({ length: args.length - from + 1 }, (_, at) => from + at);
}

function overload(native: string, args: readonly OperatorArg[], count: number, returns: string): string {
  const given = args.slice(0, count).map(({ name }) => identifier(name));
  const all = args.map((arg, at) => (at < count ? (given[at] as string) : literalDefault(arg)));
  return `(${given.join(', ')}) AS ${invocation(native, args, all, returns)}`;
}

function invocation(
  native: string,
  declared: readonly OperatorArg[],
  values: readonly string[],
  returns: string,
): string {
  const texts = declared.map(({ type }, at) => asText(type, values[at] as string));
  const call = `${native}(${hashOf(texts)}, ${texts.join(', ')})`;
  return resultOf(returns).cast ? `CAST(CAST(${call} AS JSON) AS ${returns})` : call;
}

/** Each argument is hashed alone, so that DuckDB folds the hash of a literal; its place keeps swapped ones apart. */
function hashOf(texts: readonly string[]): string {
  return texts
    .map((text, at) => (at === 0 ? `hash(${text})` : `hash(${text}, ${at})`))
    .reduce((a, b) => `xor(${a}, ${b})`);
}

function asText(type: string, value: string): string {
  if (isText(type)) return `CAST(${value} AS VARCHAR)`;
  if (type === 'JSON') return `CAST(to_json(${value}) AS VARCHAR)`;
  return `CAST(to_json(CAST(${value} AS ${type})) AS VARCHAR)`;
}

/** The cascade fills its default in; DuckDB only has to say that nothing was given. */
function literalDefault({ type }: OperatorArg): string {
  return `CAST(NULL AS ${type})`;
}

interface ResultKind {
  readonly type: DuckDBType;
  readonly write: WriteAnswer;
  /** The function gives JSON that DuckDB casts to the declared type. */
  readonly cast: boolean;
}

function resultOf(returns: string): ResultKind {
  const name = returns.toUpperCase();
  if (name === 'BOOLEAN' || name === 'BOOL') return { type: BOOLEAN, write: writeValue, cast: false };
  if (name === 'DOUBLE' || name === 'FLOAT8') return { type: DOUBLE, write: writeValue, cast: false };
  if (isText(name)) return { type: VARCHAR, write: writeText, cast: false };
  return { type: VARCHAR, write: writeJson, cast: true };
}

function writeValue(out: DuckDBVector, row: number, value: unknown): void {
  out.setItem(row, value as never);
}

function writeText(out: DuckDBVector, row: number, value: unknown): void {
  out.setItem(row, (value === null || typeof value === 'string' ? value : JSON.stringify(value)) as never);
}

function writeJson(out: DuckDBVector, row: number, value: unknown): void {
  out.setItem(row, (value === null ? null : JSON.stringify(value)) as never);
}
