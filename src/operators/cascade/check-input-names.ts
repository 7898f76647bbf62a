import type { CascadeYaml } from './cascade-schema.ts';
import { suggestion } from './nearest.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** Throws StartupError where labels_from, schema_from or returns_arg names no input of the cascade. */
export function checkInputNames(yaml: CascadeYaml, inputs: readonly string[], source: YamlSource): void {
  const check = (name: string | undefined, path: YamlPath): void => {
    if (name === undefined || inputs.includes(name)) return;
    source.fail(path, `"${name}" is no input of the cascade. ${suggestion(name, inputs)}`);
  };
  check(yaml.sql_function?.returns_arg, ['sql_function', 'returns_arg']);
  for (const [index, cell] of yaml.cells.entries()) {
    check(cell.labels_from, ['cells', index, 'labels_from']);
    check(cell.schema_from, ['cells', index, 'schema_from']);
  }
}
