/**
 * A read-only text with line numbers, colours, problems under their lines and a margin of changes.
 */
import { defaultKeymap } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { yaml } from '@codemirror/lang-yaml';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { type Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useMemo, useRef } from 'react';
import { changeSigns, type LineProblem, problemSigns, showMarks, templates } from './code-marks';
import { codeTheme } from './code-theme';
import { lineDiff } from './line-diff';
import './code.css';

export type CodeLanguage = 'yaml' | 'sql' | 'json' | 'markdown' | 'text';

export interface CodeViewProps {
  readonly text: string;
  readonly language: CodeLanguage;
  /** What a screen reader calls the text, for example the path of the file. */
  readonly label: string;
  /** Open under their lines. Keep the array while nothing changed. */
  readonly problems?: readonly LineProblem[];
  /** Highlighted lines, 1-based. */
  readonly marks?: readonly number[];
  /** Brings this line into view whenever a new object is passed. */
  readonly reveal?: { readonly line: number } | null;
  /** An earlier text to compare with: new lines get a margin, gone lines stay visible. */
  readonly before?: string | null;
  /** The user clicked a line, or pressed Enter on it. */
  readonly onLine?: (line: number) => void;
}

const nothing: readonly never[] = [];

/** JSON is YAML, as far as colours go. */
function languageOf(language: CodeLanguage): Extension {
  if (language === 'yaml' || language === 'json') return yaml();
  if (language === 'sql') return sql({ dialect: PostgreSQL });
  return [];
}

/** Only what differs is replaced, so that the view stays where the reader left it. */
export function replaceText(editor: EditorView, text: string, mark?: Annotation<unknown>): void {
  const old = editor.state.doc.toString();
  if (old === text) return;
  let from = 0;
  while (from < old.length && from < text.length && old[from] === text[from]) from++;
  let tail = 0;
  while (tail < old.length - from && tail < text.length - from && old.at(-1 - tail) === text.at(-1 - tail))
    tail++;
  editor.dispatch({
    changes: { from, to: old.length - tail, insert: text.slice(from, text.length - tail) },
    ...(mark && { annotations: mark }),
  });
}

export function CodeView(props: CodeViewProps) {
  const { text, language, label, problems = nothing, marks = nothing, reveal = null, before = null } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const onLine = useRef(props.onLine);
  const parts = useRef({ language: new Compartment(), label: new Compartment() });
  const diff = useMemo(() => (before === null ? null : lineDiff(before, text)), [before, text]);

  useEffect(() => {
    onLine.current = props.onLine;
  }, [props.onLine]);

  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        extensions: [
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          problemSigns,
          lineNumbers(),
          changeSigns,
          drawSelection(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          keymap.of([
            {
              key: 'Enter',
              run: (at) => {
                onLine.current?.(at.state.doc.lineAt(at.state.selection.main.head).number);
                return true;
              },
            },
            ...searchKeymap,
            ...defaultKeymap,
          ]),
          EditorView.domEventHandlers({
            click: (event, at) => {
              const offset = at.posAtCoords({ x: event.clientX, y: event.clientY });
              if (offset !== null && at.state.selection.main.empty) {
                onLine.current?.(at.state.doc.lineAt(offset).number);
              }
            },
          }),
          templates,
          codeTheme,
          parts.current.language.of([]),
          parts.current.label.of([]),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.language.reconfigure(languageOf(language)) });
  }, [language]);

  useEffect(() => {
    const attributes = { 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' };
    view.current?.dispatch({
      effects: parts.current.label.reconfigure(EditorView.contentAttributes.of(attributes)),
    });
  }, [label]);

  useEffect(() => {
    if (!view.current) return;
    replaceText(view.current, text);
    view.current.dispatch({ effects: showMarks({ problems, lines: marks, diff }) });
  }, [text, problems, marks, diff]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !reveal) return;
    const line = editor.state.doc.line(Math.min(Math.max(1, reveal.line), editor.state.doc.lines));
    editor.dispatch({
      selection: { anchor: line.from },
      effects: EditorView.scrollIntoView(line.from, { y: 'center' }),
    });
  }, [reveal]);

  return <div className="code-view" ref={host} />;
}
