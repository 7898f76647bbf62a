/**
 * Statements whose rows are not PostgreSQL's because they speak of its own internals, by what they ask for. A test
 * holds the list to what is found.
 */
export const INTERNALS: Readonly<Record<string, string>> = {
  'the columns of pg_type, pg_am, pg_namespace and their like for its own objects, with their C functions and descriptions':
    'dbeaver-004 dbeaver-018 dbeaver-034 dbeaver-019 dbeaver-047 dbeaver-050 dbeaver-070 npgsql-001 pgjdbc-009',
  'the databases of its cluster: postgres, template0, template1':
    'dbeaver-012 dbeaver-023 dbeaver-025 dbeaver-048 generic-catalog-001 generic-catalog-007 generic-catalog-046 generic-catalog-064 generic-catalog-065 generic-catalog-070 generic-catalog-063 pgjdbc-046 psql-068 psql-069 psql-113',
  'its version, transaction or process':
    'dbeaver-015 generic-catalog-016 generic-catalog-018 generic-catalog-032 generic-catalog-034 metabase-018 npgsql-004 sqlalchemy-004',
  'its own settings and their descriptions': 'dbeaver-013 psql-100 psql-120 psql-121',
  'its collations, which are the operating system’s': 'dbeaver-044 dbeaver-051 generic-catalog-049',
  'the first rows, in no order, of a catalogue that holds its own objects too':
    'dbeaver-056 dbeaver-057 dbeaver-058 dbeaver-059 dbeaver-060 dbeaver-061 dbeaver-068 generic-catalog-004 generic-catalog-005 generic-catalog-038 generic-catalog-039 generic-catalog-042 generic-catalog-043 generic-catalog-056 generic-catalog-058 pgjdbc-047',
  'its processes and locks': 'dbeaver-063 dbeaver-076 generic-catalog-059',
  'its conversions, casts, operators, operator classes, text search and aggregates':
    'dbeaver-069 psql-090 psql-091 psql-094 psql-105 psql-107 psql-119 sqlalchemy-022',
  'the triggers by which it keeps foreign keys': 'dbeaver-075',
  'the rules of its own views, and by which it keeps views': 'generic-catalog-053 dbt-011',
  'blocks read and pages of files': 'generic-catalog-062 pgjdbc-016',
  'the row types, indexes and domains of its own catalogue':
    'pgjdbc-005 pgjdbc-019 pgjdbc-020 postgres-js-001 sqlalchemy-017',
};

/** Statements whose rows are not PostgreSQL's although they speak of the schema. */
export const OTHER_ROWS: Readonly<Record<string, string>> = {
  'a column does not keep the length of varchar(n)':
    'pgjdbc-007 psqlodbc-006 psqlodbc-015 sqlalchemy-015 sqlalchemy-041 sqlalchemy-043',
  'a star does not show the names of types and functions': 'dbeaver-054',
  'an identity column is one with a default': 'sqlalchemy-028',
  'the conditions of checks keep their brackets, and constants get no cast': 'sqlalchemy-025 sqlalchemy-050',
  'the query of a view is as it was written': 'sqlalchemy-037',
  'a composite type has no attributes': 'npgsql-002',
};
