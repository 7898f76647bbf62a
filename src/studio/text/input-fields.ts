export interface InputField {
  readonly name: string;
  readonly text: string;
}

/** The declared inputs of a call, in their order. A text that was cut is no JSON any more and is shown as it is. */
export function inputFields(json: string): readonly InputField[] {
  try {
    const inputs = JSON.parse(json) as Readonly<Record<string, unknown>>;
    return Object.entries(inputs).map(([name, value]) => ({
      name,
      text: typeof value === 'string' ? value : JSON.stringify(value),
    }));
  } catch (error) {
    if (error instanceof SyntaxError) return [{ name: 'inputs', text: json }];
    throw error;
  }
}

/** The field that a reader looks at first: the longest one. */
export function mainField(fields: readonly InputField[]): InputField | undefined {
  return fields.reduce<InputField | undefined>(
    (best, field) => (best === undefined || field.text.length > best.text.length ? field : best),
    undefined,
  );
}
