import { messageOf } from '../../errors.ts';
import { kindOfType } from './answer-kind.ts';
import type { SqlFunctionYaml } from './cascade-schema.ts';
import type { InfixPattern, OperatorArg, SqlFunction } from './cascade.ts';
import { infixPatterns } from './infix-patterns.ts';
import type { YamlSource } from './yaml-source.ts';

type ArgumentYaml = SqlFunctionYaml['args'][number];

/** Throws StartupError at a doubled argument, a required one behind an optional one, and a pattern that cannot be. */
export function buildSqlFunction(yaml: SqlFunctionYaml, source: YamlSource): SqlFunction {
  const declared = yaml.args.map(buildArgument);
  checkArguments(declared, source);
  const args = yaml.shape === 'aggregate' ? aggregateArguments(yaml, declared, source) : declared;
  return {
    name: yaml.name,
    description: yaml.description,
    args,
    returns: typeName(yaml.returns),
    shape: yaml.shape,
    ...(yaml.returns_arg === undefined ? {} : { returnsArg: yaml.returns_arg }),
    ...(yaml.sql === undefined ? {} : { body: yaml.sql.trim() }),
    ...(yaml.shape === 'dimension' ? { assignWith: yaml.assign_with ?? 'semantic_classify' } : {}),
    ...(yaml.reflexive ? { reflexive: true } : {}),
    ...(yaml.cache === undefined ? {} : { cache: yaml.cache }),
    ...(yaml.ttl === undefined ? {} : { ttlMs: milliseconds(yaml.ttl) }),
    ...(yaml.shape === 'aggregate' || yaml.shape === 'dimension' ? { maxTokens: yaml.max_tokens } : {}),
    patterns: buildPatterns(yaml, args, source),
  };
}

/** The values of a group come as a list. */
function aggregateArguments(
  yaml: SqlFunctionYaml,
  [values, ...others]: readonly OperatorArg[],
  source: YamlSource,
): readonly OperatorArg[] {
  if (yaml.operators.length > 0) {
    source.fail(['sql_function', 'operators'], 'an aggregate has no operators: it is called by its name');
  }
  if (values === undefined || values.optional) {
    source.fail(
      ['sql_function', 'args'],
      'the first argument of an aggregate, its values, cannot be optional',
    );
  }
  return [{ ...values, type: `${values.type}[]` }, ...others];
}

const UNITS: Readonly<Record<string, number>> = Object.freeze({ s: 1e3, m: 6e4, h: 36e5, d: 864e5 });

/** Of a time as `12h`. */
function milliseconds(ttl: string): number {
  return parseInt(ttl, 10) * (UNITS[ttl.slice(-1)] ?? 1e3);
}

/** Upper case; the names of fields stay as they are written. */
function typeName(type: string): string {
  return type.includes('STRUCT') || type.includes('"') ? type : type.toUpperCase();
}

/** An argument called criterion is the criterion unless the file says otherwise. */
function buildArgument(yaml: ArgumentYaml): OperatorArg {
  return {
    name: yaml.name,
    type: typeName(yaml.type),
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
