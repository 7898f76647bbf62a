import { Fragment } from 'react';

/** A text with what was searched for marked, in any case. */
export function Highlighted({ text, search }: { readonly text: string; readonly search: string }) {
  if (search === '') return text;
  const pieces = text.split(new RegExp(`(${escaped(search)})`, 'gi'));
  return pieces.map((piece, at) => (
    // Pieces alternate, what was found at the odd places; their order never changes.
    <Fragment key={at}>{at % 2 === 1 ? <mark>{piece}</mark> : piece}</Fragment>
  ));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
