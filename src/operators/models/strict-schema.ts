/**
 * Whether a JSON Schema meets the rules of strict structured output: every object closes itself with
 * `additionalProperties: false` and requires each of its properties.
 */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema);
  if (typeof schema !== 'object' || schema === null) return true;
  const node = schema as Readonly<Record<string, unknown>>;
  return (node.type !== 'object' || isClosed(node)) && Object.values(node).every(isStrictSchema);
}

function isClosed(node: Readonly<Record<string, unknown>>): boolean {
  const required = Array.isArray(node.required) ? node.required : [];
  const names = Object.keys((node.properties ?? {}) as object);
  return node.additionalProperties === false && names.every((name) => required.includes(name));
}
