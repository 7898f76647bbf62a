import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerFixture } from '../wire/support/server-fixture.ts';

let server: ServerFixture;
beforeAll(async () => {
  server = await ServerFixture.open();
});
afterAll(() => server.close());

describe('PIVOT', () => {
  it('finds the columns in the data, and finds them anew when the data has others', async () => {
    const client = await server.pg();
    await client.query("CREATE TABLE sold (word TEXT, n INT); INSERT INTO sold VALUES ('a', 1), ('b', 2)");
    const pivot = 'PIVOT sold ON word USING sum(n)::INT';
    expect((await client.query(pivot)).rows).toEqual([{ a: 1, b: 2 }]);
    await client.query("INSERT INTO sold VALUES ('c', 3)");
    expect((await client.query(pivot)).rows).toEqual([{ a: 1, b: 2, c: 3 }]);
    expect((await client.query(`SELECT a + c AS sum FROM (${pivot})`)).rows).toEqual([{ sum: 4 }]);
  });

  it('asks for names where its columns would be answers of a model', async () => {
    const client = await server.pg();
    await client.query("CREATE TABLE things (word TEXT); INSERT INTO things VALUES ('bamboo'), ('plastic')");
    const source = "(SELECT word, word MEANS 'eco-friendly' AS eco FROM things)";
    await expect(client.query(`PIVOT ${source} ON eco USING count(*)`)).rejects.toMatchObject({
      code: '0A000',
      hint: expect.stringContaining('IN ('),
    });
  });
});
