import { loadModule, type Node, parseSync } from 'libpg-query';
import { catalogUse } from '../catalog/catalog-use.ts';
import { statementColumns } from './columns/statement-columns.ts';
import { aliasesOf, commonTableNames } from './common-table-names.ts';
import { deparseStatement } from './deparse-statement.ts';
import { mustPrint } from './must-print.ts';
import { showRegisteredNames } from './registered-output.ts';
import { markReservedWords } from './reserved-words.ts';
import { rewriteTree, visitTable } from './rewrite-tree.ts';
import { IDENTITY_MAP, tokenMap } from './source-map.ts';
import type { TransformContext } from './transform.ts';
import { NAMING, TRANSFORMS } from './transform-order.ts';
import type { Translated, Translator } from './translated.ts';

const naming = visitTable(NAMING);
const transforms = visitTable(TRANSFORMS);

/** Loads the parser (WebAssembly) once. */
export async function createTranslator(): Promise<Translator> {
  await loadModule();
  return { translate };
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
  const named = rewriteTree(statement, naming, context);
  const rewritten = showRegisteredNames(rewriteTree(named, transforms, context), columns);
  const marked = markReservedWords(rewritten);
  if (marked === statement && !mustPrint(sql, statement)) return { ...asItIs(sql), columns };
  const made = deparseStatement(marked);
  return { sql: made, before: context.before, columns, map: tokenMap(sql, made), ...catalogUse(made) };
}

function asItIs(sql: string): Translated {
  return {
    sql,
    before: [],
    columns: null,
    map: IDENTITY_MAP,
    catalogObjects: new Set(),
    readsSnapshot: false,
  };
}
