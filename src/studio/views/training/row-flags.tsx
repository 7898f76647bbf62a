import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { REJECTED } from '../../marks/mark-action.ts';

export function RowFlags({ row }: { readonly row: ExampleRow }) {
  return (
    <span className="flags">
      {row.conflict && <span className="tag bad-text">conflict</span>}
      {row.stale && (
        <span className="tag" title="Made with a former prompt">
          stale
        </span>
      )}
      {row.tags.includes(REJECTED) && <span className="tag bad-text">rejected</span>}
      {row.notes !== '' && (
        <span className="tag" title={row.notes}>
          note
        </span>
      )}
    </span>
  );
}
