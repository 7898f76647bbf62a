import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bind, cells, execute, fields, parse, type RawClient, SYNC } from './support/raw-client.ts';
import { ServerFixture } from './support/server-fixture.ts';

let server: ServerFixture;
let client: RawClient;
beforeAll(async () => {
  server = await ServerFixture.open();
  client = await server.session({ TimeZone: 'Europe/Paris', options: '-c rvbbit.dialect=duckdb' });
});
afterAll(async () => {
  await server.close();
});

interface Sent {
  readonly oid: number;
  readonly size: number;
  readonly typmod: number;
  readonly value: string | null;
}

/** One value of an expression; binary as hexadecimal digits. */
async function sent(
  expression: string,
  format: 0 | 1,
  values: readonly (string | Buffer | null)[] = [],
): Promise<Sent> {
  client.send(parse(`SELECT ${expression} AS v`), bind({ values, results: [format] }));
  client.send(Buffer.from('D\0\0\0\x06P\0', 'latin1'), execute(), SYNC);
  const frames = await client.through('Z');
  const error = frames.find(({ type }) => type === 'E');
  if (error !== undefined) throw new Error(`${expression}: ${JSON.stringify(fields(error))}`);
  const column = frames.find(({ type }) => type === 'T')?.body.subarray(2 + 2) ?? Buffer.alloc(18);
  const row = frames.find(({ type }) => type === 'D');
  const cell = row === undefined ? null : (cells(row)[0] ?? null);
  return {
    oid: column.readInt32BE(6),
    size: column.readInt16BE(10),
    typmod: column.readInt32BE(12),
    value: cell === null ? null : format === 0 ? cell.toString('utf8') : cell.toString('hex'),
  };
}

/** Expression, oid, text form and binary form: what PostgreSQL 15 sends. */
const VALUES: readonly (readonly [expression: string, oid: number, text: string, binary: string])[] = [
  ['true', 16, 't', '01'],
  ['false', 16, 'f', '00'],
  ['(-32768)::SMALLINT', 21, '-32768', '8000'],
  ['200::UTINYINT', 21, '200', '00c8'],
  ['(-2147483648)::INT', 23, '-2147483648', '80000000'],
  ['65535::USMALLINT', 23, '65535', '0000ffff'],
  ['9223372036854775807', 20, '9223372036854775807', '7fffffffffffffff'],
  ['(-9007199254740993)::BIGINT', 20, '-9007199254740993', 'ffdfffffffffffff'],
  ['4294967295::UINTEGER', 20, '4294967295', '00000000ffffffff'],
  ['18446744073709551615::UBIGINT', 1700, '18446744073709551615', '000500040000000007341a5802e103bb064f'],
  ['1.5::DOUBLE', 701, '1.5', '3ff8000000000000'],
  ['1e15::DOUBLE', 701, '1e+15', '430c6bf526340000'],
  ['1e-5::DOUBLE', 701, '1e-05', '3ee4f8b588e368f1'],
  ["'-0'::DOUBLE", 701, '-0', '8000000000000000'],
  ["'inf'::DOUBLE", 701, 'Infinity', '7ff0000000000000'],
  ["'nan'::FLOAT", 700, 'NaN', '7fc00000'],
  ['0.1::FLOAT', 700, '0.1', '3dcccccd'],
  ['1e6::FLOAT', 700, '1e+06', '49742400'],
  ['12.50::DECIMAL(10,2)', 1700, '12.50', '0002000000000002000c1388'],
  ['(-0.0001)::DECIMAL(10,4)', 1700, '-0.0001', '0001ffff400000040001'],
  ['10000::DECIMAL(10,0)', 1700, '10000', '00010001000000000001'],
  ['0::DECIMAL(4,2)', 1700, '0.00', '0000000000000002'],
  ["'héllo 😀'", 25, 'héllo 😀', '68c3a96c6c6f20f09f9880'],
  ["''", 25, '', ''],
  ["'\\xDE\\xAD'::BLOB", 17, '\\xdead', 'dead'],
  ["DATE '2024-02-29'", 1082, '2024-02-29', '00002279'],
  ["DATE '0044-03-15 (BC)'", 1082, '0044-03-15 BC', 'fff49d7b'],
  ["'infinity'::DATE", 1082, 'infinity', '7fffffff'],
  ["'-infinity'::DATE", 1082, '-infinity', '80000000'],
  ["TIME '04:05:06.789'", 1083, '04:05:06.789', '000000036c97ca88'],
  ["'12:34:56+02'::TIMETZ", 1266, '12:34:56+02', '0000000a8bda1c00ffffe3e0'],
  ["TIMESTAMP '2024-01-02 03:04:05.678901'", 1114, '2024-01-02 03:04:05.678901', '0002b0ec85204f35'],
  ["TIMESTAMP '1969-12-31 23:59:59.999999'", 1114, '1969-12-31 23:59:59.999999', 'fffca2fec4c81fff'],
  ["'infinity'::TIMESTAMP", 1114, 'infinity', '7fffffffffffffff'],
  ["TIMESTAMP_S '2024-01-02 03:04:05'", 1114, '2024-01-02 03:04:05', '0002b0ec8515f340'],
  ["TIMESTAMP_MS '2024-01-02 03:04:05.678'", 1114, '2024-01-02 03:04:05.678', '0002b0ec85204bb0'],
  ["TIMESTAMP_NS '2024-01-02 03:04:05.678901234'", 1114, '2024-01-02 03:04:05.678901', '0002b0ec85204f35'],
  ["TIMESTAMPTZ '2024-07-01 12:00:00+00'", 1184, '2024-07-01 14:00:00+02', '0002bf2d1af33000'],
  ["TIMESTAMPTZ '2024-01-01 12:00:00+00'", 1184, '2024-01-01 13:00:00+01', '0002b0dfe3d4f000'],
  [
    "INTERVAL '1 year 2 months 3 days 04:05:06.789'",
    1186,
    '1 year 2 mons 3 days 04:05:06.789',
    '000000036c97ca88000000030000000e',
  ],
  ["INTERVAL '-1 year' + INTERVAL '2 days'", 1186, '-1 years +2 days', '000000000000000000000002fffffff4'],
  ["INTERVAL '0' SECOND", 1186, '00:00:00', '00000000000000000000000000000000'],
  [
    "'550e8400-e29b-41d4-a716-446655440000'::UUID",
    2950,
    '550e8400-e29b-41d4-a716-446655440000',
    '550e8400e29b41d4a716446655440000',
  ],
  ['\'{"a": 1}\'::JSON', 114, '{"a": 1}', '7b2261223a20317d'],
  ["'1011'::BIT", 1562, '1011', '00000004b0'],
  [
    '[1, 2, NULL]::INT[]',
    1007,
    '{1,2,NULL}',
    '000000010000000100000017000000030000000100000004000000010000000400000002ffffffff',
  ],
  [
    "['a', 'b c', NULL, 'NULL', '', 'q\"x', '{}']",
    1009,
    '{a,"b c",NULL,"NULL","","q\\"x","{}"}',
    '0000000100000001000000190000000700000001000000016100000003622063ffffffff000000044e554c4c0000000000000003712278000000027b7d',
  ],
  [
    '[[1, 2], [3, 4]]::INT[][]',
    1007,
    '{{1,2},{3,4}}',
    '000000020000000000000017000000020000000100000002000000010000000400000001000000040000000200000004000000030000000400000004',
  ],
  ['[]::INT[]', 1007, '{}', '000000000000000000000017'],
  [
    "{'a': 1, 'b': [true, NULL], 'c': DATE '2024-01-01'}",
    114,
    '{"a":1,"b":[true,null],"c":"2024-01-01"}',
    '',
  ],
  ["MAP {'k': 1.50, 'l': 2}", 114, '{"k":1.50,"l":2.00}', ''],
  [
    "row(1, 'a b', NULL)",
    2249,
    '(1,"a b",)',
    '00000003000000170000000400000001000000190000000361206200000017ffffffff',
  ],
  ['union_value(n := 5)', 114, '5', ''],
  ["'red'::ENUM('red', 'blue')", 25, 'red', '726564'],
  [
    '170141183460469231731687303715884105727::HUGEINT',
    1700,
    '170141183460469231731687303715884105727',
    '000a00090000000000aa0583209a01d5090d0c601c871bf620da165f',
  ],
];

describe('values on the wire', () => {
  for (const [expression, oid, text, binary] of VALUES) {
    it(`${expression} is ${text === '' ? 'empty' : text}`, async () => {
      const asText = await sent(expression, 0);
      expect([asText.oid, asText.value]).toEqual([oid, text]);
      if (binary !== '' || text === '') expect((await sent(expression, 1)).value).toBe(binary);
    });
  }

  it('of the catalogue have the text of vectors, and count from 0', async () => {
    const catalog = await server.session();
    catalog.send(
      parse('CREATE TABLE keyed (a INT, b INT, PRIMARY KEY (b, a))'),
      bind(),
      execute(),
      parse("SELECT indkey, indkey FROM pg_index WHERE indrelid = 'keyed'::regclass"),
      bind({ results: [0, 1] }),
      Buffer.from('D\0\0\0\x06P\0', 'latin1'),
      execute(),
      SYNC,
    );
    const frames = await catalog.through('Z');
    expect(frames.find(({ type }) => type === 'T')?.body.includes(Buffer.from([0, 0, 0, 22]))).toBe(true);
    const [text, binary] = cells(
      frames.find(({ type }) => type === 'D') ?? { type: 'D', body: Buffer.alloc(2) },
    );
    expect([text?.toString(), binary?.toString('hex')]).toEqual([
      '2 1',
      '000000010000000000000015000000020000000000000002000200000002' + '0001',
    ]);
  });

  it('have the sizes and typmods of pg_type', async () => {
    const shape = async (expression: string): Promise<readonly number[]> => {
      const { size, typmod } = await sent(expression, 0);
      return [size, typmod];
    };
    expect(await shape('1::INT')).toEqual([4, -1]);
    expect(await shape("'x'")).toEqual([-1, -1]);
    expect(await shape('1::DECIMAL(10,2)')).toEqual([-1, ((10 << 16) | 2) + 4]);
    expect(await shape('[1::DECIMAL(10,2)]')).toEqual([-1, ((10 << 16) | 2) + 4]);
    expect(await shape("INTERVAL '1 day'")).toEqual([16, -1]);
    expect(await shape("'550e8400-e29b-41d4-a716-446655440000'::UUID")).toEqual([16, -1]);
  });

  it('come back as they were sent, as text and as binary parameters', async () => {
    const casts = VALUES.filter(
      ([expression]) => !/^(row|union|\{|MAP|'\{|TIMESTAMP_|'red')/.test(expression),
    );
    for (const [expression] of casts) {
      const text = await sent(expression, 0);
      const binary = await sent(expression, 1);
      const back = async (format: 0 | 1, value: string | null): Promise<string | null> => {
        const bytes = format === 0 ? value : Buffer.from(value ?? '', 'hex');
        client.send(
          parse('SELECT $1', '', [text.oid]),
          bind({ values: [bytes], formats: [format], results: [format] }),
          execute(),
          SYNC,
        );
        const frames = await client.through('Z');
        const error = frames.find(({ type }) => type === 'E');
        if (error !== undefined) return `${expression}: ${JSON.stringify(fields(error))}`;
        const [cell] = cells(frames.find(({ type }) => type === 'D') ?? { type: 'D', body: Buffer.alloc(2) });
        return cell?.toString(format === 0 ? 'utf8' : 'hex') ?? null;
      };
      expect([expression, await back(0, text.value)]).toEqual([expression, text.value]);
      expect([expression, await back(1, binary.value)]).toEqual([expression, binary.value]);
    }
  });

  it('that are no such value are refused with their SQLSTATE', async () => {
    const codeOf = async (oid: number, value: string): Promise<string | undefined> => {
      client.send(parse('SELECT $1', '', [oid]), bind({ values: [value] }), execute(), SYNC);
      return fields((await client.through('Z')).find(({ type }) => type === 'E')).C;
    };
    expect(await codeOf(23, '12x')).toBe('22P02');
    expect(await codeOf(23, '2147483648')).toBe('22003');
    expect(await codeOf(16, 'perhaps')).toBe('22P02');
    expect(await codeOf(1082, '2024-02-30')).toBe('22008');
    expect(await codeOf(1082, 'soon')).toBe('22007');
    expect(await codeOf(2950, '550e8400')).toBe('22P02');
    expect(await codeOf(1007, '{1,2')).toBe('22P02');
    expect(await codeOf(114, '{')).toBe('22P02');
    expect(await codeOf(1700, '1.2.3')).toBe('22P02');
  });
});

describe('many rows', () => {
  let pg: Client;
  beforeAll(async () => {
    pg = await server.pg();
  });

  it('of short, long, empty and NULL texts in any order come whole', async () => {
    await pg.query(
      `CREATE TABLE texts AS SELECT i AS id, CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'short' || i
         WHEN 3 THEN repeat('é' || i, 40) ELSE repeat('x', 3000) || i END AS t FROM range(20000) r(i)`,
    );
    const { rows } = await pg.query('SELECT id, t FROM texts ORDER BY hash(id)');
    expect(rows).toHaveLength(20_000);
    for (const { id, t } of rows as { id: string; t: string | null }[]) {
      const n = Number(id);
      const wanted = [null, '', `short${n}`, `é${n}`.repeat(40), `${'x'.repeat(3000)}${n}`][n % 5];
      if (t !== wanted) throw new Error(`row ${id} is ${String(t).slice(0, 40)}`);
    }
  });

  it('of numbers of every size come whole', async () => {
    const { rows } = await pg.query(
      `SELECT i::SMALLINT AS a, (i * 1000003 - 1000000000)::INT AS b, i * 4611686018427387 AS c, i / 8.0::DOUBLE AS d
         FROM range(2000) r(i)`,
    );
    (rows as { a: number; b: number; c: string; d: number }[]).forEach((row, i) => {
      expect(row).toEqual({
        a: i,
        b: i * 1000003 - 1000000000,
        c: String(BigInt(i) * 4611686018427387n),
        d: i / 8,
      });
    });
  });
});
