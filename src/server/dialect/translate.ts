import { loadModule, type Node, parseSync } from 'libpg-query';
import { catalogUse } from '../catalog/catalog-use.ts';
import { parameterCasts } from './columns/parameter-casts.ts';
import { statementColumns } from './columns/statement-columns.ts';
import { aliasesOf, commonTableNames } from './common-table-names.ts';
import { deparseStatement } from './deparse-statement.ts';
import { mustPrint } from './must-print.ts';
import { showRegisteredNames } from './registered-output.ts';
import { markReservedWords } from './reserved-words.ts';
import { rowBound } from './row-bound.ts';
import { rewriteTree, visitTable } from './rewrite-tree.ts';
import { IDENTITY_MAP, tokenMap } from './source-map.ts';
import type { TransformContext } from './transform.ts';
import { NAMING, TRANSFORMS } from './transform-order.ts';
import type { Translated, Translator } from './translated.ts';

const naming = visitTable(NAMING);
const transforms = visitTable(TRANSFORMS);

const REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 10_000;

/** Loads the parser (WebAssembly) once. Translations of short statements are remembered, the oldest forgotten first. */
export async function createTranslator(): Promise<Translator> {
  await loadModule();
  const remembered = new Map<string, Translated>();
  return {
    translate(sql) {
      const known = remembered.get(sql);
      if (known !== undefined) return known;
      const translated = translate(sql);
      if (sql.length <= LONGEST_REMEMBERED) remember(remembered, sql, translated);
      return translated;
    },
  };
}

function remember(remembered: Map<string, Translated>, sql: string, translated: Translated): void {
  const [oldest] = remembered.keys();
  if (remembered.size >= REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  remembered.set(sql, translated);
}

/** What PostgreSQL's parser does not take is DuckDB's own and goes as it is. */
function translate(sql: string): Translated {
  const statements = parsed(sql);
  if (statements === undefined || statements.length !== 1) return asItIs(sql);
  const [statement] = statements;
  return statement === undefined ? asItIs(sql) : translateStatement(sql, statement);
}

function parsed(sql: string): readonly Node[] | undefined {
  try {
    return (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => (stmt === undefined ? [] : [stmt]));
  } catch {
    return undefined;
  }
}

function translateStatement(sql: string, statement: Node): Translated {
  const context: TransformContext = {
    commonTables: commonTableNames(statement),
    aliases: aliasesOf(statement),
    before: [],
  };
  const columns = statementColumns(statement);
  const bound = rowBound(statement);
  const parameters = sql.includes('$') ? parameterCasts(statement) : [];
  const named = rewriteTree(statement, naming, context);
  const rewritten = showRegisteredNames(rewriteTree(named, transforms, context), columns);
  const marked = markReservedWords(rewritten);
  if (marked === statement && !mustPrint(sql, statement))
    return { ...asItIs(sql), columns, parameters, bound };
  const made = deparseStatement(marked);
  const map = tokenMap(sql, made);
  return { sql: made, before: context.before, columns, parameters, map, bound, ...catalogUse(made) };
}

function asItIs(sql: string): Translated {
  return {
    sql,
    before: [],
    columns: null,
    parameters: [],
    map: IDENTITY_MAP,
    bound: null,
    catalogObjects: new Set(),
    readsSnapshot: false,
  };
}
