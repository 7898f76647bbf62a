/** Filters of examples that a URL may hold, by the names of the REST interface. */
export const FILTER_NAMES: readonly string[] = Object.freeze([
  'cascade_id',
  'cell_name',
  'model',
  'label',
  'tag',
  'marked',
  'trainable',
  'verified',
  'corrected',
  'min_confidence',
  'max_confidence',
  'conflict',
  'stale',
  'search',
  'session_id',
]);
