/** The catalog, attached to every database, that holds the macros under which the operators are called. */
export const OPERATOR_CATALOG = 'rvbbit';
