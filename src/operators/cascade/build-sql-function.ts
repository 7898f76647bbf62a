import { messageOf } from '../../errors.ts';
import { kindOfType } from './answer-kind.ts';
import type { SqlFunctionYaml } from './cascade-schema.ts';
import type { InfixPattern, OperatorArg, SqlFunction } from './cascade.ts';
import { infixPatterns } from './infix-patterns.ts';
import { typedFields } from './schema-of-type.ts';
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
    returns: returnType(yaml, source),
    shape: yaml.shape,
    ...(yaml.returns_arg === undefined ? {} : { returnsArg: yaml.returns_arg }),
    ...(yaml.sql === undefined ? {} : { body: yaml.sql.trim() }),
    ...(yaml.reflexive ? { reflexive: true } : {}),
    ...dimensionParts(yaml, source),
    ...(yaml.cache === undefined ? {} : { cache: yaml.cache }),
    ...(yaml.ttl === undefined ? {} : { ttlMs: milliseconds(yaml.ttl) }),
    ...(yaml.shape === 'aggregate' || yaml.shape === 'dimension' ? { maxTokens: yaml.max_tokens } : {}),
    patterns: buildPatterns(yaml, args, source),
  };
}

function dimensionParts(
  yaml: SqlFunctionYaml,
  source: YamlSource,
): Pick<SqlFunction, 'assignWith' | 'sameBy'> {
  if (yaml.same_by !== undefined && yaml.shape !== 'dimension') {
    source.fail(['sql_function', 'same_by'], '"same_by" says nothing to a function that is no dimension');
  }
  if (yaml.shape !== 'dimension') return {};
  return yaml.same_by === undefined
    ? { assignWith: yaml.assign_with ?? 'semantic_classify' }
    : { sameBy: yaml.same_by };
}

/** A table is a list of its rows. */
function returnType(yaml: SqlFunctionYaml, source: YamlSource): string {
  const [, columns] = /^TABLE\s*\((.+)\)$/is.exec(yaml.returns.trim()) ?? [];
  const type = columns === undefined ? typeName(yaml.returns) : rowsType(columns);
  if (yaml.shape === 'table' && !type.endsWith('[]')) {
    source.fail(['sql_function', 'returns'], 'a table function returns TABLE(name TYPE, …) or a list');
  }
  if (yaml.shape !== 'table' && columns !== undefined) {
    source.fail(['sql_function', 'returns'], 'TABLE(…) is returned by a function of the shape table');
  }
  return type;
}

/** With every name in quotes, for some are words of SQL. */
function rowsType(columns: string): string {
  const fields = typedFields(columns).map(({ name, type }) => `"${name.replaceAll('"', '""')}" ${type}`);
  return `STRUCT(${fields.join(', ')})[]`;
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
