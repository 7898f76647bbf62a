import { useId, useState } from 'react';
import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { change } from '../../marks/mark-action.ts';
import { useMarks } from '../../marks/marks-context.ts';

interface Draft {
  readonly notes?: string;
  readonly tags?: string;
  readonly confidence?: string;
}

/**
 * What people want to say about a call: notes, tags, and how sure they are. What was typed and not saved yet stays when
 * the row comes again with another mark.
 */
export function NotesForm({ row }: { readonly row: ExampleRow }) {
  const { act } = useMarks();
  const [draft, setDraft] = useState<Draft>({});
  const id = useId();
  const notes = draft.notes ?? row.notes;
  const tags = draft.tags ?? row.tags.join(', ');
  const confidence = draft.confidence ?? String(row.confidence ?? 1);
  const said = { notes, tags: tagsOf(tags), confidence: Number(confidence) };
  const changed =
    said.notes !== row.notes ||
    said.tags.join(',') !== row.tags.join(',') ||
    said.confidence !== (row.confidence ?? 1);
  const save = async () => {
    if (await act(change('Noted', [row], said))) setDraft((later) => (later === draft ? {} : later));
  };
  return (
    <form
      className="notes"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label htmlFor={`${id}-notes`}>Notes</label>
      <textarea
        id={`${id}-notes`}
        rows={2}
        value={notes}
        onChange={(event) => setDraft({ ...draft, notes: event.target.value })}
      />
      <label htmlFor={`${id}-tags`}>Tags, separated by commas</label>
      <input
        id={`${id}-tags`}
        value={tags}
        onChange={(event) => setDraft({ ...draft, tags: event.target.value })}
      />
      <label htmlFor={`${id}-confidence`}>Confidence</label>
      <div className="row">
        <input
          id={`${id}-confidence`}
          type="number"
          min="0"
          max="1"
          step="0.05"
          value={confidence}
          onChange={(event) => setDraft({ ...draft, confidence: event.target.value })}
        />
        <button type="submit" disabled={!changed}>
          Save
        </button>
      </div>
    </form>
  );
}

function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}
