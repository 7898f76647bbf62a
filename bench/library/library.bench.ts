import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import { rewriteSemanticSyntax } from '../../src/operators/lexer/semantic-syntax.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture, rowsOf } from '../../test/support/engine-fixture.ts';
import { median, report } from '../support/report.ts';

const ROWS = 100_000;
const TITLES = 5_000;
const FIRMS = 1_000;
/** Spellings of a firm, which differ in more than signs and capitals. */
const NAMES_A_FIRM = 2;
/** Calls that SEMANTIC DISTINCT may make a name. */
const CALLS_A_NAME = 4;
const VECTORS = 1_000_000;
/** Vectors made by one statement, whose memory they take. */
const AT_ONCE = 50_000;
const RUNS = 15;
const MEBIBYTE = 1 << 20;
/** Of the whole process, above what it held before the statement. */
const MOST_MEBIBYTES = 600;

const operators = await loadOperatorSet([packagePath('cascades')], 1);
let fixture: EngineFixture;
let connection: EngineConnection;

const numberIn = (text: unknown): string => /\d+/.exec(String(text))?.[0] ?? '';

beforeAll(async () => {
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  fixture.judge = ({ cascade, inputs }) => {
    if (cascade.cascadeId === 'semantic_topics') return Array.from({ length: 8 }, (_, at) => `topic ${at}`);
    if (cascade.cascadeId === 'semantic_same_as') return numberIn(inputs.text) === numberIn(inputs.other);
    const labels = inputs.labels as string[];
    return labels[Number(numberIn(inputs.text)) % labels.length];
  };
  await connection.runInternal(
    `CREATE TABLE t AS SELECT 'a report about matter ' || (i % ${TITLES}) AS title,
       CASE WHEN i % ${NAMES_A_FIRM} = 0 THEN 'the firm ' ELSE 'firm ' END
         || chr(CAST(65 + (i // 2 % ${FIRMS}) % 26 AS INTEGER)) || 'x' || (i // 2 % ${FIRMS}) AS firm
     FROM range(${ROWS}) r(i)`,
  );
});

afterAll(async () => {
  await connection.close();
  await fixture.close();
});

function run(sql: string): Promise<readonly (readonly unknown[])[]> {
  return rowsOf(
    connection,
    rewriteSemanticSyntax(sql, operators).sql,
    fixture.scope({ maxPairs: 1_000_000 }),
  );
}

interface Cost {
  readonly calls: number;
  readonly seconds: number;
  /** The most that the process held while it ran, above what it held before, in MiB. */
  readonly memory: number;
  readonly rows: readonly (readonly unknown[])[];
}

async function costOf(sql: string): Promise<Cost> {
  const { rss } = process.memoryUsage();
  const [calls, started] = [fixture.calls.length, performance.now()];
  let most = rss;
  const look = (): void => void (most = Math.max(most, process.memoryUsage().rss));
  const timer = setInterval(look, 20);
  try {
    const rows = await run(sql);
    look();
    const seconds = (performance.now() - started) / 1000;
    return { calls: fixture.calls.length - calls, seconds, memory: (most - rss) / MEBIBYTE, rows };
  } finally {
    clearInterval(timer);
  }
}

function reportCost(what: string, { calls, seconds, memory, rows }: Cost, mostCalls: number): void {
  const from = `${rows.length} rows of ${ROWS} in ${seconds.toFixed(1)} s`;
  report({ what: `${what}: calls`, value: calls, target: { atMost: mostCalls }, from });
  report({ what: `${what}: MiB`, value: memory, target: { atMost: MOST_MEBIBYTES }, from });
}

describe(`the library over ${ROWS} rows`, () => {
  it(`TOPICS of ${TITLES} distinct titles: one call for the topics and one a title`, async () => {
    const cost = await costOf('SELECT topics(title, 8) AS topic, count(*) FROM t GROUP BY topic');
    expect(cost.rows).toHaveLength(8);
    reportCost('TOPICS', cost, TITLES + 1);
  });

  it(`SEMANTIC DISTINCT of ${FIRMS * NAMES_A_FIRM} names: at most ${CALLS_A_NAME} calls a name`, async () => {
    const cost = await costOf('SELECT SEMANTIC DISTINCT firm FROM t');
    reportCost('SEMANTIC DISTINCT', cost, FIRMS * NAMES_A_FIRM * CALLS_A_NAME);
    expect(cost.rows).toHaveLength(FIRMS);
  });

  it('VECTOR_SEARCH over texts: no call', async () => {
    const cost = await costOf("SELECT title FROM VECTOR_SEARCH('matter 7', t.title, 10)");
    expect(cost.rows).toHaveLength(10);
    reportCost('VECTOR_SEARCH', cost, 0);
  });
});

describe(`VECTOR_SEARCH over ${VECTORS} stored vectors of 256 numbers`, () => {
  it('takes little more than the same arithmetic written by hand', async () => {
    await connection.runInternal('CREATE TABLE v (id BIGINT, x FLOAT[256])');
    for (let from = 0; from < VECTORS; from += AT_ONCE) {
      await connection.runInternal(
        `INSERT INTO v SELECT i, list_transform(range(256), lambda x: hash(i * 256 + x) / 1.8e19 - 0.5)::FLOAT[256]
         FROM range(${from}, ${from + AT_ONCE}) r(i)`,
      );
    }
    const query = await run("SELECT embed('a bamboo toothbrush')::VARCHAR");
    const vector = `CAST('${String(query[0]?.[0])}' AS FLOAT[256])`;
    const byHand = `SELECT id, array_cosine_similarity(x, ${vector}) AS score FROM v ORDER BY score DESC LIMIT 10`;
    const ours = "SELECT id, score FROM VECTOR_SEARCH('a bamboo toothbrush', v.x, 10)";
    const ids = async (sql: string) => (await run(sql)).map(([id]) => id);
    expect(await ids(ours)).toEqual(await ids(byHand));
    const [own, plain] = await interleaved(ours, byHand);
    report({
      what: 'VECTOR_SEARCH over DuckDB by hand',
      value: median(own) / median(plain),
      target: { atMost: 1.3 },
      from: `${RUNS} runs each in turn; medians ${median(own).toFixed(0)} and ${median(plain).toFixed(0)} ms`,
    });
  });
});

/** Times of both, in ms, one run of each in turn. */
async function interleaved(a: string, b: string): Promise<readonly [readonly number[], readonly number[]]> {
  const taken: [number[], number[]] = [[], []];
  for (let round = 0; round < RUNS; round += 1) {
    for (const [at, sql] of [a, b].entries()) {
      const started = performance.now();
      await run(sql);
      taken[at]?.push(performance.now() - started);
    }
  }
  return taken;
}
