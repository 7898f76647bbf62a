interface OutputProps {
  readonly output: string;
  readonly correction?: string | null;
}

/** An answer as a label in the colour of its meaning; a correction stands before what it replaces. */
export function Output({ output, correction = null }: OutputProps) {
  if (correction === null) return <Label text={output} />;
  return (
    <span className="corrected">
      <Label text={correction} />
      <del title="Logged output">{output}</del>
    </span>
  );
}

function Label({ text }: { readonly text: string }) {
  const shown = text === '' ? 'empty' : text;
  return (
    <span className="label" data-tone={toneOf(text)}>
      {shown}
    </span>
  );
}

function toneOf(text: string): string {
  if (['true', 'positive', 'yes'].includes(text)) return 'good';
  if (['false', 'negative', 'no'].includes(text)) return 'bad';
  return 'plain';
}
