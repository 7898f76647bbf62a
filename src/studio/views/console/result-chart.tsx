import { useState } from 'react';
import { Empty } from '../../components/empty.tsx';
import { bars, chartColumns } from './chart-data.ts';
import type { StatementResult } from './run-state.ts';

/** Bars of one number by one column; the most frequent values are counted where there is no number. */
export default function ResultChart({ result }: { readonly result: StatementResult }) {
  const { names, numbers } = chartColumns(result);
  const [name, setName] = useState(names[0] ?? 0);
  const [number, setNumber] = useState(numbers.find((at) => at !== names[0]) ?? null);
  const drawn = bars(result, name, number);
  const most = Math.max(0, ...drawn.map(({ value }) => Math.abs(value)));
  if (drawn.length === 0) return <Empty title="There are no rows to draw." />;
  return (
    <div className="bars">
      <div className="row">
        <ColumnChoice label="By" value={name} columns={names} result={result} onChange={setName} />
        <label className="inline">
          Length
          <select
            value={number ?? ''}
            onChange={(event) => setNumber(event.target.value === '' ? null : Number(event.target.value))}
          >
            <option value="">number of rows</option>
            {numbers.map((at) => (
              <option key={at} value={at}>
                {result.columns[at]?.name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ol>
        {drawn.map(({ label, value }) => (
          <li key={label}>
            <span className="cut">{label}</span>
            <span className="bar-track">
              <span
                className="bar-fill"
                style={{ width: `${most === 0 ? 0 : (Math.abs(value) / most) * 100}%` }}
              />
            </span>
            <span className="number">{value}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

interface ColumnChoiceProps {
  readonly label: string;
  readonly value: number;
  readonly columns: readonly number[];
  readonly result: StatementResult;
  readonly onChange: (column: number) => void;
}

function ColumnChoice({ label, value, columns, result, onChange }: ColumnChoiceProps) {
  return (
    <label className="inline">
      {label}
      <select value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {columns.map((at) => (
          <option key={at} value={at}>
            {result.columns[at]?.name}
          </option>
        ))}
      </select>
    </label>
  );
}
