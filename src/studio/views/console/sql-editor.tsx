import { closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { EditorView, drawSelection, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { sqlWithCompletion } from './completion.ts';
import type { Vocabulary } from './completion.ts';
import { EDITOR_THEME, HIGHLIGHT } from './editor-theme.ts';
import { semanticHighlight } from './semantic-highlight.ts';

interface SqlEditorProps extends Vocabulary {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onRun: () => void;
}

export function SqlEditor(props: SqlEditorProps) {
  const { keywords, functions, tables } = props;
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  const editor = useRef<{ view: EditorView; language: Compartment } | null>(null);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (host.current === null) return undefined;
    const language = new Compartment();
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: latest.current.value, extensions: extensionsOf(latest, language) }),
    });
    editor.current = { view, language };
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, []);
  useEffect(() => {
    const { view, language } = editor.current ?? {};
    if (language === undefined) return;
    view?.dispatch({ effects: language.reconfigure(languageOf({ keywords, functions, tables })) });
  }, [keywords, functions, tables]);
  return <div ref={host} className="editor" />;
}

function extensionsOf(latest: { readonly current: SqlEditorProps }, language: Compartment): Extension {
  return [
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (latest.current.onRun(), true) }])),
    lineNumbers(),
    history(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    syntaxHighlighting(HIGHLIGHT),
    language.of(languageOf(latest.current)),
    EDITOR_THEME,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'SQL' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onChange(update.state.doc.toString());
    }),
  ];
}

function languageOf(vocabulary: Vocabulary): Extension {
  const { keywords, functions } = vocabulary;
  return [sqlWithCompletion(vocabulary), semanticHighlight([...keywords, ...functions])];
}
