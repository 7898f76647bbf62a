import { useId, useState } from 'react';
import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { change } from '../../marks/mark-action.ts';
import { useMarks } from '../../marks/marks-context.ts';

/** What people want to say about a call: notes, tags, and how sure they are. */
export function NotesForm({ row }: { readonly row: ExampleRow }) {
  const { act } = useMarks();
  const [notes, setNotes] = useState(row.notes);
  const [tags, setTags] = useState(row.tags.join(', '));
  const [confidence, setConfidence] = useState(String(row.confidence ?? 1));
  const id = useId();
  const said = { notes, tags: tagsOf(tags), confidence: Number(confidence) };
  const changed =
    said.notes !== row.notes ||
    said.tags.join(',') !== row.tags.join(',') ||
    said.confidence !== (row.confidence ?? 1);
  return (
    <form
      className="notes"
      onSubmit={(event) => {
        event.preventDefault();
        void act(change('Noted', [row], said));
      }}
    >
      <label htmlFor={`${id}-notes`}>Notes</label>
      <textarea
        id={`${id}-notes`}
        rows={2}
        value={notes}
        onChange={(event) => setNotes(event.target.value)}
      />
      <label htmlFor={`${id}-tags`}>Tags, separated by commas</label>
      <input id={`${id}-tags`} value={tags} onChange={(event) => setTags(event.target.value)} />
      <label htmlFor={`${id}-confidence`}>Confidence</label>
      <div className="row">
        <input
          id={`${id}-confidence`}
          type="number"
          min="0"
          max="1"
          step="0.05"
          value={confidence}
          onChange={(event) => setConfidence(event.target.value)}
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
