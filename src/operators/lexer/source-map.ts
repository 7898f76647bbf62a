/** One replacement: `text` stands where `start` to `end` of the source stood. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** From offsets of a rewritten text to offsets of the text that the user sent, both in UTF-16 units. */
export interface SourceMap {
  /** Inside a replacement: the start of what it replaced. */
  toSource(offset: number): number;
  /** This map followed by that of a rewrite of the rewritten text. */
  then(next: SourceMap): SourceMap;
}

export interface RewrittenText {
  readonly sql: string;
  readonly map: SourceMap;
}

export const IDENTITY_MAP: SourceMap = Object.freeze({
  toSource: (offset: number) => offset,
  then: (next: SourceMap) => next,
});

/** The text with its edits made; the very same string where there are none. Edits are in order and do not overlap. */
export function applyEdits(source: string, edits: readonly TextEdit[]): RewrittenText {
  if (edits.length === 0) return { sql: source, map: IDENTITY_MAP };
  let sql = '';
  let end = 0;
  for (const edit of edits) {
    sql += source.slice(end, edit.start) + edit.text;
    end = edit.end;
  }
  return { sql: sql + source.slice(end), map: mapOfEdits(edits) };
}

function mapOfEdits(edits: readonly TextEdit[]): SourceMap {
  const pieces = placed(edits);
  return mapOf((offset) => sourceOffset(pieces, offset));
}

function mapOf(toSource: (offset: number) => number): SourceMap {
  const map: SourceMap = Object.freeze({
    toSource,
    then: (next: SourceMap) =>
      next === IDENTITY_MAP ? map : mapOf((offset) => toSource(next.toSource(offset))),
  });
  return map;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly sourceStart: number;
  readonly sourceEnd: number;
}

function placed(edits: readonly TextEdit[]): readonly Piece[] {
  let shift = 0;
  return edits.map((edit) => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return Object.freeze({
      start,
      end: start + edit.text.length,
      sourceStart: edit.start,
      sourceEnd: edit.end,
    });
  });
}

function sourceOffset(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as Piece).start <= offset) low = middle + 1;
    else high = middle;
  }
  const piece = pieces[low - 1];
  if (piece === undefined) return offset;
  return offset < piece.end ? piece.sourceStart : piece.sourceEnd + (offset - piece.end);
}
