import { SqlError } from '../../errors.ts';
import { parseJson } from './final-answer.ts';

type Schema = Readonly<Record<string, unknown>>;

const INTEGER = /^(U?(TINY|SMALL|BIG|HUGE)?INT|INTEGER|INT[1248]|LONG|SHORT)$/i;
const NUMBER = /^(DOUBLE|FLOAT[48]?|REAL|DECIMAL|NUMERIC)(\s*\(.*\))?$/i;

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
  if (typeof structure === 'string') return typeSchema(structure.trim());
  if (Array.isArray(structure)) return listSchema(structure);
  return typeof structure === 'object' && structure !== null ? objectSchema(structure) : undefined;
}

function typeSchema(type: string): Schema {
  if (INTEGER.test(type)) return { type: ['integer', 'null'] };
  if (NUMBER.test(type)) return { type: ['number', 'null'] };
  if (/^BOOL(EAN)?$/i.test(type)) return { type: ['boolean', 'null'] };
  return type.toUpperCase() === 'JSON' ? {} : { type: ['string', 'null'] };
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
