import { createHash } from 'node:crypto';
import { type DuckDBConnection, DuckDBScalarFunction, UBIGINT, VARCHAR } from '@duckdb/node-api';
import type { SqlFunction } from '../../operators/cascade/cascade.ts';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import { RUN_SIGNATURE } from '../../operators/evaluation/run-book.ts';
import { groupOverload, listFunctionName, listOverload } from './aggregate-macros.ts';
import { resultOf } from './answer-writers.ts';
import { ArgumentReader } from './argument-reader.ts';
import { type BuiltInFunctions, builtInFunctions, passedOn, refuseBuiltIn } from './built-in-functions.ts';
import { identifier } from './identifier.ts';
import { aritiesOf, hashOverload, invocation, literalDefault, overload } from './operator-macros.ts';
import { OPERATOR_CATALOG } from './operator-catalog.ts';
import { SEARCH_NAMES } from '../../operators/functions/search-names.ts';
import { MEANING_MACRO, SEARCH_MACROS, vectorMacro } from './search-macros.ts';
import { tableMacro } from './table-macros.ts';
import { infixOverload, inOrder, sqlOverload } from './sql-macros.ts';
import {
  CALL_VARIANTS,
  type CallVariant,
  givesKnown,
  hashName,
  peeks,
  variantName,
} from './plan/call-variant.ts';
import { answerChunk, type FunctionVariant } from './semantic-function.ts';
import { type ProbeOf, StatementProbe } from './statement-probe.ts';

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
  readonly #macros = new Set<string>();
  readonly #tables = new Set<string>();
  #builtIn: BuiltInFunctions = new Map();

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly probeOf: ProbeOf,
    /** Functions beside the operators. */
    private readonly others: readonly SqlFunction[] = [],
  ) {}

  /** Macros of operators that are gone are dropped. Throws StartupError where a name is DuckDB's own. */
  async install(operators: OperatorSet): Promise<void> {
    const before = [...this.#macros];
    const tablesBefore = [...this.#tables];
    this.#macros.clear();
    this.#tables.clear();
    this.#builtIn = this.#builtIn.size > 0 ? this.#builtIn : await builtInFunctions(this.connection);
    for (const { cascade, sql } of operators.operators.values()) {
      refuseBuiltIn(sql, cascade.file, this.#builtIn);
      if (sql.shape === 'table') await this.#installTable(sql);
      if (sql.shape === 'aggregate') await this.#installAggregate(sql);
      else if (sql.shape !== 'sql') await this.#installScalar(sql);
    }
    for (const sql of this.others) {
      await this.#installScalar(sql);
      if (sql.returns.startsWith('FLOAT[')) {
        await this.#macro(SEARCH_NAMES.vectorOf, vectorMacro(sql.name, sql.returns));
      }
    }
    if (operators.operators.has('canonical')) await this.#macro(SEARCH_NAMES.meaningOf, MEANING_MACRO);
    for (const [name, definition] of SEARCH_MACROS) await this.#macro(name, definition);
    for (const sql of inOrder([...operators.operators.values()].map((operator) => operator.sql))) {
      await this.#installSql(sql);
    }
    await this.#installScalar(RUN_SIGNATURE);
    for (const name of tablesBefore.filter((name) => !this.#tables.has(name))) {
      await this.connection.run(`DROP MACRO TABLE IF EXISTS ${OPERATOR_CATALOG}.main.${identifier(name)}`);
    }
    for (const name of before.filter((name) => !this.#macros.has(name))) {
      await this.connection.run(`DROP MACRO IF EXISTS ${OPERATOR_CATALOG}.main.${identifier(name)}`);
    }
  }

  /** A function over a list, and a macro that makes the list of a group's values. */
  async #installAggregate(sql: SqlFunction): Promise<void> {
    const native = this.#register(sql);
    const counts = aritiesOf(sql.args);
    const ofList = counts.map((count) => listOverload(native, sql, count));
    await this.#macro(listFunctionName(sql.name), ofList.join(', '));
    await this.#macro(sql.name, counts.map((count) => groupOverload(native, sql, count)).join(', '));
  }

  /** Beside the function of the same name, which gives the rows as a list. */
  async #installTable(sql: SqlFunction): Promise<void> {
    const native = this.#register(sql);
    this.#tables.add(sql.name);
    await this.connection.run(
      `CREATE OR REPLACE MACRO ${OPERATOR_CATALOG}.main.${identifier(sql.name)} ${tableMacro(native, sql)}`,
    );
  }

  /** An expression over the arguments. */
  async #installSql(sql: SqlFunction): Promise<void> {
    await this.#macro(
      sql.name,
      aritiesOf(sql.args)
        .map((count) => sqlOverload(sql, count))
        .join(', '),
    );
    for (const pattern of sql.patterns) await this.#macro(pattern.symbol, infixOverload(sql, pattern));
  }

  async #installScalar(sql: SqlFunction): Promise<void> {
    const native = this.#register(sql);
    const overloads = aritiesOf(sql.args).map((count) => overload(native, sql, count));
    const others = passedOn(sql, this.#builtIn);
    await this.#macro(sql.name, [...overloads, ...others].join(', '));
    for (const { symbol, negated, left, right } of sql.patterns) {
      const args = sql.args.map((arg) =>
        arg.name === left ? 'l' : arg.name === right ? 'r' : literalDefault(arg),
      );
      const call = invocation(native, sql, args);
      await this.#macro(symbol, `(l, r) AS ${negated ? `NOT (${call})` : call}`);
    }
    for (const variant of CALL_VARIANTS) await this.#installVariant(sql, variant);
    const hashes = aritiesOf(sql.args).map((count) => hashOverload(sql, count));
    await this.#macro(hashName(sql.name), hashes.join(', '));
  }

  async #installVariant(sql: SqlFunction, variant: CallVariant): Promise<void> {
    const native = this.#register(sql, variant);
    const shape = givesKnown(variant) ? knownShape(sql) : sql;
    const overloads = aritiesOf(sql.args).map((count) => overload(native, shape, count));
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
    this.#macros.add(name);
    await this.connection.run(
      `CREATE OR REPLACE MACRO ${OPERATOR_CATALOG}.main.${identifier(name)} ${definition.startsWith('(') ? '' : 'AS '}${definition}`,
    );
  }
}

/** Of the variants that tell whether an answer is known. */
function knownShape(sql: SqlFunction): SqlFunction {
  return { ...sql, returns: 'BOOLEAN', returnsArg: '' };
}
