import type { CascadeYaml } from './cascade-schema.ts';
import type { SqlFunction } from './cascade.ts';
import { suggestion } from './nearest.ts';
import type { YamlSource } from './yaml-source.ts';

/** The inputs that a file names, those of its SQL function first; null where it names none. */
export function declaredInputs(
  yaml: CascadeYaml,
  sql: SqlFunction | null,
  source: YamlSource,
): readonly string[] | null {
  const args = sql?.args.map((arg) => arg.name) ?? null;
  if (yaml.inputs === undefined) return args;
  const inputs = Array.isArray(yaml.inputs) ? yaml.inputs : Object.keys(yaml.inputs);
  const missing = inputs.find((name) => args !== null && !args.includes(name));
  if (missing !== undefined) {
    source.fail(
      ['inputs'],
      `the input "${missing}" is no argument of sql_function. ${suggestion(missing, args ?? [])}`,
    );
  }
  return [...new Set([...(args ?? []), ...inputs])];
}

/** Throws StartupError at a test case with an input that the cascade has not. */
export function checkTestCases(yaml: CascadeYaml, inputs: readonly string[], source: YamlSource): void {
  for (const [index, testCase] of yaml.test_cases.entries()) {
    const unknown = Object.keys(testCase.inputs).find((name) => !inputs.includes(name));
    if (unknown === undefined) continue;
    const path = ['test_cases', index, 'inputs', unknown];
    source.fail(path, `"${unknown}" is no input of the cascade. ${suggestion(unknown, inputs)}`);
  }
}
