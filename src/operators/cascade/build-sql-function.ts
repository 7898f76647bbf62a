import { messageOf } from '../../errors.ts';
import { kindOfType } from './answer-kind.ts';
import type { SqlFunctionYaml } from './cascade-schema.ts';
import type { InfixPattern, OperatorArg, SqlFunction } from './cascade.ts';
import { infixPatterns } from './infix-patterns.ts';
import type { YamlSource } from './yaml-source.ts';

type ArgumentYaml = SqlFunctionYaml['args'][number];

/** Throws StartupError at a doubled argument, a required one behind an optional one, and a pattern that cannot be. */
export function buildSqlFunction(yaml: SqlFunctionYaml, source: YamlSource): SqlFunction {
  const args = yaml.args.map(buildArgument);
  checkArguments(args, source);
  return {
    name: yaml.name,
    description: yaml.description,
    args,
    returns: yaml.returns.toUpperCase(),
    shape: yaml.shape,
    ...(yaml.returns_arg === undefined ? {} : { returnsArg: yaml.returns_arg }),
    ...(yaml.cache ? {} : { cache: false }),
    ...(yaml.ttl === undefined ? {} : { ttlMs: milliseconds(yaml.ttl) }),
    ...(yaml.shape === 'aggregate' ? { maxTokens: yaml.max_tokens } : {}),
    patterns: buildPatterns(yaml, args, source),
  };
}

const UNITS: Readonly<Record<string, number>> = Object.freeze({ s: 1e3, m: 6e4, h: 36e5, d: 864e5 });

/** Of a time as `12h`. */
function milliseconds(ttl: string): number {
  return parseInt(ttl, 10) * (UNITS[ttl.slice(-1)] ?? 1e3);
}

/** An argument called criterion is the criterion unless the file says otherwise. */
function buildArgument(yaml: ArgumentYaml): OperatorArg {
  return {
    name: yaml.name,
    type: yaml.type.toUpperCase(),
    optional: yaml.optional ?? yaml.default !== undefined,
    default: yaml.default ?? null,
    role: yaml.role ?? (yaml.name === 'criterion' ? 'criterion' : 'value'),
  };
}

function checkArguments(args: readonly OperatorArg[], source: YamlSource): void {
  const names = new Set<string>();
  for (const [index, arg] of args.entries()) {
    const path = ['sql_function', 'args', index, 'name'];
    if (names.has(arg.name)) source.fail(path, `the argument "${arg.name}" is there twice`);
    names.add(arg.name);
    if (!arg.optional && args[index - 1]?.optional === true) {
      source.fail(path, `the argument "${arg.name}" is required, but stands behind an optional one`);
    }
  }
}

function buildPatterns(
  yaml: SqlFunctionYaml,
  args: readonly OperatorArg[],
  source: YamlSource,
): InfixPattern[] {
  const boolean = kindOfType(yaml.returns) === 'boolean';
  return yaml.operators.flatMap((text, index) => {
    try {
      return infixPatterns(text, args, boolean);
    } catch (error) {
      return source.fail(['sql_function', 'operators', index], messageOf(error));
    }
  });
}
