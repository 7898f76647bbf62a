import { innerColumnNames } from './inner-column-names.ts';
import type { Transform } from './transform.ts';
import { arrayComparisons } from './transforms/array-comparisons.ts';
import { casts } from './transforms/casts.ts';
import { catalogNames } from './transforms/catalog-names.ts';
import { collations } from './transforms/collations.ts';
import { dateFormats } from './transforms/date-formats.ts';
import { formatFunction } from './transforms/format-function.ts';
import { jsonFunctions } from './transforms/json-functions.ts';
import { literals } from './transforms/literals.ts';
import { operators } from './transforms/operators.ts';
import { groupByAlias } from './transforms/group-by-alias.ts';
import { conflictTargets } from './transforms/conflict-targets.ts';
import { regularExpressions } from './transforms/regular-expressions.ts';
import { tableStatements } from './transforms/table-statements.ts';
import { textFunctions } from './transforms/text-functions.ts';
import { timeParts } from './transforms/time-parts.ts';
import { columnQualifiers } from './transforms/column-qualifiers.ts';
import { division } from './transforms/division.ts';
import { functionNames } from './transforms/function-names.ts';
import { functionsInFrom } from './transforms/functions-in-from.ts';
import { locking } from './transforms/locking.ts';
import { patternOperators } from './transforms/pattern-operators.ts';
import { sessionValues } from './transforms/session-values.ts';
import { setsInSelect } from './transforms/sets-in-select.ts';
import { jsonOperators } from './transforms/json-operators.ts';
import { serialColumns } from './transforms/serial-columns.ts';
import { similarTo } from './transforms/similar-to.ts';
import { systemColumns } from './transforms/system-columns.ts';
import { tableDefinitions } from './transforms/table-definitions.ts';
import { typeNames } from './transforms/type-names.ts';
import { vectors } from './transforms/vectors.ts';

/** A walk of its own, on the tree as it was parsed: names come from the expressions, SERIAL from the type, as they were written. */
export const NAMING: readonly Transform[] = [innerColumnNames, serialColumns];

/**
 * One walk from the leaves up. At each node the transforms for its kind run in this order, until one makes another
 * kind of node of it.
 */
export const TRANSFORMS: readonly Transform[] = [
  // Names: where relations, columns, functions and types really lie.
  catalogNames,
  systemColumns,
  columnQualifiers,
  // Before functionNames, because these recognise functions by PostgreSQL's names.
  vectors,
  formatFunction,
  dateFormats,
  regularExpressions,
  textFunctions,
  timeParts,
  jsonFunctions,
  functionNames,
  sessionValues,
  // casts looks at PostgreSQL's type names; the names below a cast are replaced with the cast itself.
  literals,
  casts,
  typeNames,
  // Operators.
  arrayComparisons,
  jsonOperators,
  operators,
  similarTo,
  patternOperators,
  division,
  collations,
  // Clauses.
  functionsInFrom,
  setsInSelect,
  groupByAlias,
  conflictTargets,
  locking,
  // Definitions.
  tableStatements,
  tableDefinitions,
];
