import { z } from 'zod';
import { defineRoute } from '../route.ts';

export const sqlDatabases = defineRoute({
  method: 'GET',
  path: '/api/sql/databases',
  summary: 'Names of the databases, and the keywords of the semantic operators',
  answer: z.object({
    databases: z.array(z.string()),
    keywords: z.array(z.string()),
    functions: z.array(z.string()),
  }),
  async handle(_request, { sql, operators }) {
    const { patterns, operators: functions } = operators();
    return {
      databases: [...(await sql.databases())],
      keywords: [...patterns.keys()],
      functions: [...functions.keys()],
    };
  },
});
