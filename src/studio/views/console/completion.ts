import { autocompletion } from '@codemirror/autocomplete';
import type { CompletionSource } from '@codemirror/autocomplete';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import type { SQLNamespace } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { DatabaseTable } from './tables-query.ts';

export interface Vocabulary {
  /** Of the semantic operators: `MEANS`, `NOT MEANS`, … */
  readonly keywords: readonly string[];
  readonly functions: readonly string[];
  readonly tables: readonly DatabaseTable[];
}

/** SQL that completes the names of tables, their columns and the semantic operators. */
export function sqlWithCompletion({ keywords, functions, tables }: Vocabulary): Extension {
  return [
    sql({
      dialect: PostgreSQL,
      upperCaseKeywords: true,
      schema: namespaceOf(tables),
      defaultSchema: 'public',
    }),
    PostgreSQL.language.data.of({ autocomplete: semanticNames({ keywords, functions }) }),
    autocompletion(),
  ];
}

/** By the word at hand alone: an operator of two words (`NOT MEANS`) is completed from its first. */
function semanticNames({ keywords, functions }: Omit<Vocabulary, 'tables'>): CompletionSource {
  const options = [
    ...keywords.map((label) => ({ label, type: 'keyword', boost: 1 })),
    ...functions.map((label) => ({ label, type: 'function' })),
  ];
  return (context) => {
    const word = context.matchBefore(/\w+/);
    return word === null ? null : { from: word.from, options, validFor: /^\w*$/ };
  };
}

function namespaceOf(tables: readonly DatabaseTable[]): SQLNamespace {
  const open = tables.filter(({ schema }) => schema === null);
  const schemas = new Set(tables.map(({ schema }) => schema).filter((schema) => schema !== null));
  const named = [...schemas].map(
    (name) => [name, columnsOf(tables.filter(({ schema }) => schema === name))] as const,
  );
  return { ...columnsOf(open), ...Object.fromEntries(named) };
}

function columnsOf(tables: readonly DatabaseTable[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]));
}
