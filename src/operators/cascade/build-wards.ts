import { messageOf } from '../../errors.ts';
import type { WardYaml, WardsYaml } from './cascade-schema.ts';
import type { Ward, Wards } from './cascade.ts';
import { compileOutputSchema } from './output-schema.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** Throws StartupError at a ward without a check, with two, or of a mode that makes no sense at its place. */
export function buildWards(yaml: WardsYaml, path: YamlPath, source: YamlSource): Wards {
  const built = (place: 'pre' | 'post'): readonly Ward[] =>
    yaml[place].map((ward, index) => buildWard(ward, place, [...path, place, index], source));
  return { pre: built('pre'), post: built('post') };
}

function buildWard(yaml: WardYaml, place: 'pre' | 'post', path: YamlPath, source: YamlSource): Ward {
  const mode = yaml.mode ?? (place === 'pre' ? 'blocking' : 'retry');
  if ((yaml.sql === undefined) === (yaml.schema === undefined)) {
    source.fail(path, 'a ward has either "sql", a predicate, or "schema", a JSON schema');
  }
  if (place === 'pre' && mode === 'retry') {
    source.fail([...path, 'mode'], 'a ward before the call cannot retry: nothing was answered yet');
  }
  if (yaml.schema !== undefined) checkSchema(yaml.schema, [...path, 'schema'], source);
  return { sql: yaml.sql ?? null, schema: yaml.schema ?? null, mode, message: yaml.message ?? null };
}

function checkSchema(schema: Readonly<Record<string, unknown>>, path: YamlPath, source: YamlSource): void {
  try {
    compileOutputSchema(schema);
  } catch (error) {
    source.fail(path, `schema is no JSON schema: ${messageOf(error)}`);
  }
}
