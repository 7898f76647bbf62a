/** The names of the columns of functions in FROM whose column is not called like the function. */
export const FUNCTION_COLUMNS: Readonly<Record<string, string>> = {
  json_array_elements: 'value',
  jsonb_array_elements: 'value',
  json_array_elements_text: 'value',
  jsonb_array_elements_text: 'value',
  pg_partition_ancestors: 'relid',
};
