import { z } from 'zod';
import { suggestion } from './nearest.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** Turns what the schema found into one line: the first unknown key, since it tends to cause the rest, or the first issue. */
export function failSchema(source: YamlSource, schema: z.ZodType, error: z.ZodError): never {
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys')
      failUnknownKey(source, schema, pathOf(issue), issue.keys[0] ?? '');
  }
  const issue = error.issues[0];
  if (issue === undefined) throw error;
  const path = pathOf(issue);
  const key = String(path.at(-1) ?? 'the file');
  const place = placeOf(path.slice(0, -1));
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    source.fail(path, `${place} needs the key "${key}" (${issue.expected})`);
  }
  source.fail(
    path,
    `"${key}" in ${place}: ${issue.message.replace(/^Invalid (input|option): /, '')}${advice(issue)}`,
  );
}

/** `key: {{ x }}` is a map to YAML. */
function advice(issue: z.core.$ZodIssue): string {
  const map = typeof issue.input === 'object' && issue.input !== null;
  const unquoted = map && issue.code === 'invalid_type' && issue.expected === 'string';
  return unquoted ? '. A text that begins with { or [ has to be quoted' : '';
}

function failUnknownKey(source: YamlSource, schema: z.ZodType, path: YamlPath, key: string): never {
  source.fail(
    [...path, key],
    `unknown key "${key}" in ${placeOf(path)}. ${suggestion(key, keysAt(schema, path))}`,
  );
}

function pathOf(issue: z.core.$ZodIssue): YamlPath {
  return issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
}

const PLACES: Readonly<Record<string, string>> = Object.freeze({
  cells: 'a cell',
  args: 'an argument',
  test_cases: 'a test case',
});

function placeOf(path: YamlPath): string {
  const named = path.filter((step) => typeof step === 'string').at(-1);
  if (named === undefined) return 'the cascade';
  return PLACES[named] ?? named;
}

function keysAt(schema: unknown, path: YamlPath): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return keysAt(schema.element, path.slice(1));
  if (!(schema instanceof z.ZodObject)) return [];
  const step = path[0];
  return step === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[step], path.slice(1));
}
