export interface Option {
  readonly value: string;
  readonly name: string;
}

interface ChoiceProps {
  readonly label: string;
  /** '' stands for all. */
  readonly value: string;
  readonly all: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
}

/** One of several, or all of them. A value that is no option any more stays to be seen and taken away. */
export function Choice({ label, value, all, options, onChange }: ChoiceProps) {
  const known = value === '' || options.some((option) => option.value === value);
  return (
    <select
      className="choice"
      aria-label={label}
      title={label}
      data-set={value !== ''}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{all}</option>
      {!known && <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </select>
  );
}
