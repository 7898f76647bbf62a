import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { Output } from '../../components/output.tsx';
import { percent } from '../../text/numbers.ts';
import { shortTime, wholeTime } from '../../text/times.ts';
import { MarkToggles } from './mark-toggles.tsx';
import { RowFlags } from './row-flags.tsx';
import { RowText } from './row-text.tsx';

export const FEATURES = tableFeatures({});

const column = createColumnHelper<typeof FEATURES, ExampleRow>();

/** Widths are the stylesheet's, by the column's id. */
export const COLUMNS = column.columns([
  column.accessor('inputs', { header: 'Inputs', cell: ({ row }) => <RowText row={row.original} /> }),
  column.accessor('output', {
    header: 'Output',
    cell: ({ row }) => <Output output={row.original.output} correction={row.original.correction} />,
  }),
  column.display({ id: 'marks', header: 'Marks', cell: ({ row }) => <MarkToggles row={row.original} /> }),
  column.accessor('confidence', {
    header: 'Conf.',
    cell: ({ row }) => (row.original.confidence === null ? '' : percent(row.original.confidence)),
  }),
  column.display({ id: 'flags', header: 'Flags', cell: ({ row }) => <RowFlags row={row.original} /> }),
  column.accessor('model', { header: 'Model' }),
  column.accessor('timestamp', {
    header: 'When',
    cell: ({ row }) => (
      <span title={wholeTime(row.original.timestamp)}>{shortTime(row.original.timestamp)}</span>
    ),
  }),
]);
