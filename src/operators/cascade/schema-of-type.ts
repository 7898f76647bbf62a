type Schema = Readonly<Record<string, unknown>>;

const INTEGER = /^(U?(TINY|SMALL|BIG|HUGE)?INT|INTEGER|INT[1248]|LONG|SHORT)$/i;
const NUMBER = /^(DOUBLE|FLOAT[48]?|REAL|DECIMAL|NUMERIC)(\s*\(.*\))?$/i;

/** The JSON schema of a DuckDB type that is neither STRUCT nor list; NULL may stand for any value. */
export function schemaOfScalar(type: string): Schema {
  if (INTEGER.test(type)) return { type: ['integer', 'null'] };
  if (NUMBER.test(type)) return { type: ['number', 'null'] };
  if (/^BOOL(EAN)?$/i.test(type)) return { type: ['boolean', 'null'] };
  return type.toUpperCase() === 'JSON' ? {} : { type: ['string', 'null'] };
}

/** The JSON schema of what a function returns, for a cell that brings none; undefined where the type tells nothing. */
export function schemaOfType(type: string): Schema | undefined {
  const text = type.trim();
  const [, element] = /^(.+)\[\d*\]$/s.exec(text) ?? [];
  if (element !== undefined) return { type: 'array', items: schemaOfType(element) ?? {} };
  const [, fields] = /^STRUCT\s*\((.+)\)$/is.exec(text) ?? [];
  if (fields !== undefined) return objectSchema(typedFields(fields));
  return /^(MAP|UNION|ENUM)\b/i.test(text) ? undefined : schemaOfScalar(text);
}

export interface TypedField {
  readonly name: string;
  readonly type: string;
}

/** Of `name TYPE, "other name" TYPE`. */
export function typedFields(text: string): readonly TypedField[] {
  return separated(text).map((field) => {
    const [, quoted, word, type = ''] = /^(?:"((?:[^"]|"")+)"|(\w+))\s+(.+)$/s.exec(field.trim()) ?? [];
    return { name: (quoted ?? word ?? '').replaceAll('""', '"'), type };
  });
}

function objectSchema(fields: readonly TypedField[]): Schema {
  const properties = fields.map(({ name, type }) => [name, schemaOfType(type) ?? {}] as const);
  return {
    type: 'object',
    additionalProperties: false,
    required: properties.map(([name]) => name),
    properties: Object.fromEntries(properties),
  };
}

/** The parts between commas outside brackets. */
function separated(text: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
