import type { DuckDBReport } from './duckdb-report.ts';

type Rule = readonly [kind: RegExp, message: RegExp, code: string];

/** First match wins. Codes are those PostgreSQL gives for the same fault (its manual, appendix A). */
const RULES: readonly Rule[] = Object.freeze([
  [/^Parser/, /unterminated quoted string/i, '42601'],
  [/^Parser/, /./s, '42601'],
  [/^Catalog/, /^Table Function with name .* a function by this name exists/s, '42809'],
  [/^Catalog/, /^(Table|View) with name .* does not exist/s, '42P01'],
  [/^Catalog/, /Function with name .* does not exist/s, '42883'],
  [/^Catalog/, /^Schema with name .* does not exist/s, '3F000'],
  [/^Catalog/, /^Type with name .* does not exist/s, '42704'],
  [/^Catalog/, /^(Table|View|Index|Sequence) with name .* already exists/s, '42P07'],
  [/^Catalog/, /^Schema with name .* already exists/s, '42P06'],
  [/^Catalog/, /^Type with name .* already exists/s, '42710'],
  [/^Catalog/, /^Column with name .* already exists/s, '42701'],
  [/^Catalog/, /write-write conflict|Conflict/i, '40001'],
  [/^Catalog/, /depend/i, '2BP01'],
  [/^Catalog/, /unrecognized configuration parameter/, '42704'],
  [/^Catalog/, /./s, '42704'],
  [/^Binder/, /^Prepared statement .* does not exist/s, '26000'],
  [/^Binder/, /^Referenced table .* not found/s, '42P01'],
  [/^Binder/, /column .* not found|does not have a column/is, '42703'],
  [/^Binder/, /^Ambiguous reference/, '42702'],
  [/^Binder/, /^Macro .* does not support the supplied arguments/s, '42883'],
  [/^Binder/, /aggregate function calls cannot be nested/, '42803'],
  [/^Binder/, /must appear in the GROUP BY|cannot contain aggregates|not allowed in/i, '42803'],
  [/^Binder/, /No function matches|Could not choose a best candidate/, '42883'],
  [/^Binder/, /duplicate alias|duplicate table/i, '42712'],
  [/^Binder/, /(has|expects?) .* but .* (values|columns) were supplied/is, '42601'],
  [/^Binder/, /cannot be negative/, '2201W'],
  [/^Binder/, /Cannot (compare|mix|create)|Cannot combine types/, '42804'],
  [/^Binder/, /read-only/i, '25006'],
  [/^Binder/, /./s, '42601'],
  [/^Constraint/, /Duplicate key|unique constraint|PRIMARY KEY/i, '23505'],
  [/^Constraint/, /NOT NULL/i, '23502'],
  [/^Constraint/, /CHECK/i, '23514'],
  [/^Constraint/, /foreign key/i, '23503'],
  [/^Constraint/, /./s, '23000'],
  [/^Conversion/, /out of range for the destination|Overflow|to DECIMAL|Casting value/i, '22003'],
  [/^Conversion/, /field value out of range/, '22008'],
  [/^Conversion/, /invalid (timestamp|date|time|interval) field/i, '22007'],
  [/^Conversion/, /./s, '22P02'],
  [/^(Out of Range|Value out of range)/i, /divi(de|sion) by zero/i, '22012'],
  [/^Out of Range/i, /./s, '22003'],
  [/^Mismatch Type/, /./s, '42804'],
  [/^Divide by Zero/i, /./s, '22012'],
  [/^(INTERRUPT|Interrupt)/, /./s, '57014'],
  [/^Transaction/i, /read-only/i, '25006'],
  [/^Transaction/i, /conflict/i, '40001'],
  [/^Transaction/i, /within a transaction/, '25001'],
  [/^Transaction/i, /no transaction is active/, '25P01'],
  [/^Transaction/i, /abort/i, '25P02'],
  [/^Transaction/i, /./s, '25000'],
  [/^Dependency/, /./s, '2BP01'],
  [/^Out of Memory/i, /./s, '53200'],
  [/^IO/, /No space left/i, '53100'],
  [/^(IO|HTTP)/, /./s, '58030'],
  [/^Permission/, /./s, '42501'],
  [/^Not implemented/i, /./s, '0A000'],
  [/^Invalid type/i, /./s, '42804'],
  [/^Invalid Input/, /^permission denied/, '42501'],
  [/^Invalid Input/, /scalar subquery|More than one row/i, '21000'],
  [/^Invalid Input/, /Expected \d+ parameters|Values were not provided/, '08P01'],
  [/^Invalid Input/, /read-only/i, '25006'],
  [/^Invalid Input/, /^unrecognized configuration parameter/, '42704'],
  [/^Invalid Input/, /./s, '22023'],
  [/^(Invalid Configuration|Settings|Parameter not)/i, /./s, '22023'],
  [/^Sequence/, /./s, '2200H'],
  [/^Missing Extension/i, /./s, '0A000'],
]);

/** The SQLSTATE of an error of DuckDB; XX000 for what no rule knows. */
export function sqlStateOf(report: DuckDBReport): string {
  if (report.subtype === 'COLUMN_NOT_FOUND') return '42703';
  for (const [kind, message, code] of RULES) {
    if (kind.test(report.kind) && message.test(report.message)) return code;
  }
  return 'XX000';
}
