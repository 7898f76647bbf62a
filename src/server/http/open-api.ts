import { z } from 'zod';
import type { Route } from './route.ts';
import { errorShape } from './schemas/error.ts';

type Json = Readonly<Record<string, unknown>>;

/** OpenAPI 3.1 of the routes; their zod schemas are its schemas. */
export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return Object.freeze({
    openapi: '3.1.0',
    info: { title: 'rvbbit', version: '1', description: 'The log, the training examples and SQL over HTTP.' },
    paths,
    components: { schemas: { Error: schemaOf(errorShape, 'output') } },
  });
}

function operation({ summary, schemas, contentType }: Route): Json {
  const failure = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  return {
    summary,
    parameters: [...parametersOf(schemas.params, 'path'), ...parametersOf(schemas.query, 'query')],
    ...(schemas.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(schemas.body, 'input') } },
          },
        }),
    responses: {
      '200': {
        description: 'OK',
        content: { [contentType]: { schema: schemaOf(schemas.answer, 'output') } },
      },
      default: { description: 'A fault', content: failure },
    },
  };
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): readonly Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Readonly<Record<string, Json>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(typeof property.description === 'string' ? { description: property.description } : {}),
    schema: property,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  void $schema;
  return rest;
}
