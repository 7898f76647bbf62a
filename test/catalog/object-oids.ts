/** Asks for the oids of the schema's objects: kind, name, oid. */
export const OBJECT_OIDS = `
  SELECT 'relation', c.relname, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'shop'
  UNION ALL SELECT 'type', t.typname, t.oid FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = 'shop'
  UNION ALL SELECT 'schema', nspname, oid FROM pg_namespace WHERE nspname IN ('shop', 'information_schema')
  UNION ALL SELECT 'function', p.proname, p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'shop'
  UNION ALL SELECT 'constraint', k.conname, k.oid FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE n.nspname = 'shop'
  UNION ALL SELECT 'label', enumlabel, oid FROM pg_enum
  UNION ALL SELECT 'language', extname, oid FROM pg_extension
  UNION ALL SELECT 'database', datname, oid FROM pg_database WHERE datname = current_database()`;

type Rows = readonly (readonly (string | null)[])[];

/** Objects by oid. */
export function objectsByOid(rows: Rows): ReadonlyMap<string, string> {
  return new Map(
    rows.map(([kind, name, oid]) => [
      oid ?? '',
      kind === 'database' ? 'database' : `${kind ?? ''} ${name ?? ''}`,
    ]),
  );
}

/** Rows with the schema's own oids replaced by what they stand for, so that two servers can be compared. */
export function withoutOids(rows: Rows, objects: ReadonlyMap<string, string>): Rows {
  return rows.map((row) => row.map((text) => (text === null ? null : (objects.get(text) ?? text))));
}
