import { SqlError } from '../../errors.ts';
import { schemaOfScalar } from '../cascade/schema-of-type.ts';
import { parseJson } from './final-answer.ts';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The JSON schema of a structure as DuckDB's from_json reads it: a type, `["type"]` for a list, or an object of
 * fields. Every field is required and may be null. Throws SqlError 22023.
 */
export function schemaOfStructure(value: unknown, name: string): Schema {
  const structure = typeof value === 'string' ? parseJson(value) : value;
  const schema = structure === undefined || structure === null ? undefined : schemaOf(structure);
  if (schema !== undefined) return schema;
  throw new SqlError('22023', `${name} is no structure: ${String(value)}`, {
    hint: `Write it as DuckDB's from_json takes it: '{"name": "VARCHAR", "year": "INTEGER", "tags": ["VARCHAR"]}'.`,
  });
}

function schemaOf(structure: unknown): Schema | undefined {
  if (typeof structure === 'string') return schemaOfScalar(structure.trim());
  if (Array.isArray(structure)) return listSchema(structure);
  return typeof structure === 'object' && structure !== null ? objectSchema(structure) : undefined;
}

function listSchema(list: readonly unknown[]): Schema | undefined {
  const items = list.length === 1 ? schemaOf(list[0]) : undefined;
  return items === undefined ? undefined : { type: 'array', items };
}

function objectSchema(fields: object): Schema | undefined {
  const properties = Object.entries(fields).map(([name, field]) => [name, schemaOf(field)] as const);
  if (properties.length === 0 || properties.some(([, schema]) => schema === undefined)) return undefined;
  return {
    type: 'object',
    additionalProperties: false,
    required: properties.map(([name]) => name),
    properties: Object.fromEntries(properties),
  };
}
