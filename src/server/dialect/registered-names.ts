/** Columns of the catalogue that hold the oid of a function and are shown by its name. */
export const REGISTERED_COLUMNS: ReadonlySet<string> = new Set([
  'typinput',
  'typoutput',
  'typreceive',
  'typsend',
  'typmodin',
  'typmodout',
  'typanalyze',
  'typsubscript',
  'amhandler',
  'oprcode',
  'prosupport',
]);

/** Columns of the catalogue whose arrays start at 0. */
export const VECTOR_COLUMNS: ReadonlySet<string> = new Set([
  'indkey',
  'indcollation',
  'indclass',
  'indoption',
  'proargtypes',
  'partattrs',
]);
