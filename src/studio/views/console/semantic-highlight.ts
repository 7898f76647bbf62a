import { syntaxTree } from '@codemirror/language';
import { Decoration, MatchDecorator, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, EditorView, ViewUpdate } from '@codemirror/view';
import type { Extension } from '@codemirror/state';

const SEMANTIC = Decoration.mark({ class: 'cm-semantic' });

/** Nodes of the SQL grammar in which a keyword is text and no operator. */
const TEXTS: ReadonlySet<string> = new Set(['String', 'LineComment', 'BlockComment', 'QuotedIdentifier']);

/** Sets the semantic operators apart from SQL's own words; words are those of the loaded cascades. */
export function semanticHighlight(words: readonly string[]): Extension {
  if (words.length === 0) return [];
  const matcher = new MatchDecorator({
    regexp: new RegExp(`\\b(?:${alternatives(words)})\\b`, 'gi'),
    decorate: (add, from, to, _match, view) => {
      if (!TEXTS.has(syntaxTree(view.state).resolveInner(from, 1).name)) add(from, to, SEMANTIC);
    },
  });
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = matcher.createDeco(view);
      }

      update(update: ViewUpdate): void {
        // The tree comes in behind the text: what it says of a string may be new when nothing else is.
        const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
        this.decorations = parsed
          ? matcher.createDeco(update.view)
          : matcher.updateDeco(update, this.decorations);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

/** Longest first, so that `NOT MEANS` is found before `MEANS`; any white space may stand within. */
function alternatives(words: readonly string[]): string {
  return words
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'))
    .join('|');
}
