import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { messageOf, SqlError, StartupError } from '../errors.ts';
import { canonicalInputs } from '../operators/cascade/canonical-inputs.ts';
import type { Cascade, TestCase } from '../operators/cascade/cascade.ts';
import { meets } from '../operators/cascade/expectation.ts';
import { suggestion } from '../operators/cascade/nearest.ts';
import type { StatementScope } from '../operators/evaluation/statement-scope.ts';
import { dollarText } from '../operators/evaluation/spending/spent-text.ts';
import type { EngineConnection } from '../server/engine/engine-connection.ts';
import { identifier, stringLiteral } from '../server/engine/identifier.ts';
import { OpenDatabases } from '../server/engine/open-databases.ts';
import { commandScope } from './command-scope.ts';
import { type Core, openCore } from './open-core.ts';

export interface TestTotals {
  readonly passed: number;
  readonly failed: number;
  /** What the configured model cannot do. */
  readonly skipped: number;
}

type Outcome = 'passed' | 'failed' | 'skipped';

/** `rvbbit test [cascade]`: runs the test cases of one cascade or of all, with new calls, and says what they cost. */
export async function testOperators(
  only: string | undefined,
  config: Config,
  logger: Logger,
  print: (line: string) => void,
): Promise<TestTotals> {
  const core = await openCore(config, logger);
  const folder = await mkdtemp(join(tmpdir(), 'rvbbit-test-'));
  const operators = () => core.registry.current();
  const databases = new OpenDatabases({ dataDir: folder, evaluations: core.evaluations, operators });
  try {
    const scope = commandScope(logger);
    const budget = core.answers.budget(scope);
    const database = await databases.open('test');
    const connection = await database.connect();
    const run = new TestRun(core, connection, { ...scope, budget, database: database.queries }, print);
    for (const cascade of chosen(core, only)) await run.cascade(cascade);
    const { passed, failed, skipped } = run.totals;
    const cost = `${budget.spent.calls} calls, ${dollarText(budget.spent.costUsd)}`;
    print(`${passed} passed, ${failed} failed, ${skipped} skipped; ${cost}`);
    return run.totals;
  } finally {
    await databases.close();
    await core.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function chosen({ registry }: Core, only: string | undefined): readonly Cascade[] {
  const { cascades, operators } = registry.current();
  if (only === undefined) return [...cascades.values()];
  const cascade = cascades.get(only) ?? operators.get(only.toLowerCase())?.cascade;
  if (cascade !== undefined) return [cascade];
  throw new StartupError(`there is no cascade "${only}"`, suggestion(only, [...cascades.keys()]));
}

class TestRun {
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };

  constructor(
    private readonly core: Core,
    private readonly connection: EngineConnection,
    private readonly scope: StatementScope,
    private readonly print: (line: string) => void,
  ) {}

  get totals(): TestTotals {
    return Object.freeze({ ...this.#counts });
  }

  async cascade(cascade: Cascade): Promise<void> {
    const outcomes: Outcome[] = [];
    for (const testCase of cascade.testCases) outcomes.push(await this.#case(cascade, testCase));
    for (const outcome of outcomes) this.#counts[outcome] += 1;
    const passed = outcomes.filter((outcome) => outcome === 'passed').length;
    this.print(`${cascade.cascadeId}  ${passed}/${outcomes.length}`);
  }

  async #case(cascade: Cascade, { inputs, expect }: TestCase): Promise<Outcome> {
    const asked = `  ${cascade.cascadeId} ${JSON.stringify(inputs)}: expected ${JSON.stringify(expect)}`;
    try {
      const value = await this.#answer(cascade, inputs);
      if (meets(value, expect)) return 'passed';
      this.print(`${asked}, got ${JSON.stringify(value)}`);
    } catch (error) {
      if (error instanceof SqlError && error.code === '0A000') return 'skipped';
      this.print(`${asked}, but ${messageOf(error)}`);
    }
    return 'failed';
  }

  async #answer(cascade: Cascade, inputs: TestCase['inputs']): Promise<unknown> {
    const { shape, sameBy } = cascade.sqlFunction ?? {};
    if (shape === 'sql' || sameBy !== undefined) return this.#computed(cascade, inputs);
    const maker = await this.core.answers.maker(cascade, this.scope.settings);
    const call = maker.call(canonicalInputs(cascade, inputs));
    return (await this.core.answers.compute(call, this.scope, this.scope.signal)).value;
  }

  /** An expression of SQL is DuckDB's to evaluate, and so is what has no cell of its own. */
  async #computed({ sqlFunction }: Cascade, inputs: TestCase['inputs']): Promise<unknown> {
    const given = (sqlFunction?.args ?? []).filter(({ name }) => Object.hasOwn(inputs, name));
    const values = given.map(({ name, type }) => `CAST(${stringLiteral(String(inputs[name]))} AS ${type})`);
    const sql = `SELECT CAST(to_json(${identifier(sqlFunction?.name ?? '')}(${values.join(', ')})) AS VARCHAR)`;
    const rows = await this.connection.run({ sql, selectForms: [], changesData: false }, [], this.scope);
    try {
      const chunk = await rows.next();
      return JSON.parse(String(chunk?.getRowValues(0)[0] ?? 'null')) as unknown;
    } finally {
      await rows.close();
    }
  }
}
