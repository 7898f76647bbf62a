import { closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { EditorView, drawSelection, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { EDITOR_THEME, HIGHLIGHT } from './editor-theme.ts';
import { semanticHighlight } from './semantic-highlight.ts';

interface SqlEditorProps {
  readonly value: string;
  /** Of the semantic operators: `MEANS`, `NOT MEANS`, … */
  readonly keywords: readonly string[];
  readonly functions: readonly string[];
  readonly onChange: (value: string) => void;
  readonly onRun: () => void;
}

export function SqlEditor(props: SqlEditorProps) {
  const { keywords, functions } = props;
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  const editor = useRef<{ view: EditorView; semantic: Compartment } | null>(null);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (host.current === null) return undefined;
    const semantic = new Compartment();
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: latest.current.value, extensions: extensionsOf(latest, semantic) }),
    });
    editor.current = { view, semantic };
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, []);
  useEffect(() => {
    const { view, semantic } = editor.current ?? {};
    if (semantic === undefined) return;
    view?.dispatch({ effects: semantic.reconfigure(semanticHighlight([...keywords, ...functions])) });
  }, [keywords, functions]);
  return <div ref={host} className="editor" />;
}

function extensionsOf(latest: { readonly current: SqlEditorProps }, semantic: Compartment): Extension {
  const { keywords, functions } = latest.current;
  return [
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (latest.current.onRun(), true) }])),
    lineNumbers(),
    history(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    sql({ dialect: PostgreSQL, upperCaseKeywords: true }),
    syntaxHighlighting(HIGHLIGHT),
    semantic.of(semanticHighlight([...keywords, ...functions])),
    EDITOR_THEME,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'SQL' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onChange(update.state.doc.toString());
    }),
  ];
}
