/**
 * An editor for a whole query: line numbers, completion of tables and columns, and the error underlined where it is.
 */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { Annotation, Compartment, EditorState, Prec } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { codeTheme } from './code-theme';
import { replaceText } from './code-view';
import { completeQuery, type QueryTable } from './query-words';
import './code.css';

export interface QueryFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Ctrl or ⌘ with Enter. */
  readonly onDone: () => void;
  /** Tables that the query may read. Keep the array while nothing changed. */
  readonly tables: readonly QueryTable[];
  /** Where the query is wrong, as an offset; null if that is not known or nothing is. */
  readonly at: number | null;
  readonly invalid: boolean;
  /** The element that says what is wrong. */
  readonly describedBy: string;
  readonly label: string;
}

/** Marks a change that came from outside, so that it is not told back. */
const fromOutside = Annotation.define<boolean>();

function markAt(text: string, at: number | null): DecorationSet {
  if (at === null || text.length === 0) return Decoration.none;
  const from = Math.min(Math.max(0, at), text.length - 1);
  const word = /^[\p{L}\p{N}_]+|^"[^"]*"|^./su.exec(text.slice(from));
  const to = from + (word?.[0].length ?? 1);
  return Decoration.set(Decoration.mark({ class: 'expression-error' }).range(from, to));
}

export function QueryField(props: QueryFieldProps) {
  const { value, tables, at, invalid, describedBy, label } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const told = useRef(props);
  const parts = useRef({ marks: new Compartment(), names: new Compartment(), attributes: new Compartment() });

  useEffect(() => {
    told.current = props;
  });

  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        extensions: [
          history(),
          lineNumbers(),
          drawSelection(),
          closeBrackets(),
          sql({ dialect: PostgreSQL, upperCaseKeywords: false }),
          EditorView.lineWrapping,
          tooltips({ position: 'fixed', parent: document.body }),
          // Tab always leaves the field; Escape closes the completion and nothing else.
          Prec.highest(
            keymap.of([
              { key: 'Tab', run: (one) => closeCompletion(one) && false },
              {
                key: 'Escape',
                run: (one) => completionStatus(one.state) !== null && closeCompletion(one),
                stopPropagation: true,
              },
              {
                key: 'Mod-Enter',
                run: () => {
                  told.current.onDone();
                  return true;
                },
              },
              { key: 'Enter', run: acceptCompletion },
            ]),
          ),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            const ours = update.transactions.every((one) => one.annotation(fromOutside) !== true);
            if (update.docChanged && ours) told.current.onChange(update.state.doc.toString());
          }),
          codeTheme,
          parts.current.marks.of([]),
          parts.current.names.of([]),
          parts.current.attributes.of([]),
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
    view.current?.dispatch({
      effects: parts.current.names.reconfigure(
        autocompletion({ override: [completeQuery(tables)], icons: false, maxRenderedOptions: 60 }),
      ),
    });
  }, [tables]);

  useEffect(() => {
    if (view.current) replaceText(view.current, value, fromOutside.of(true));
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({
      effects: parts.current.marks.reconfigure(
        EditorView.decorations.of((editor) => markAt(editor.state.doc.toString(), at)),
      ),
    });
  }, [at]);

  useEffect(() => {
    const attributes = {
      'aria-label': label,
      'aria-invalid': String(invalid),
      'aria-describedby': describedBy,
    };
    view.current?.dispatch({
      effects: parts.current.attributes.reconfigure(EditorView.contentAttributes.of(attributes)),
    });
  }, [label, invalid, describedBy]);

  // What is there already is to be gone on with from its end.
  useEffect(() => {
    const editor = view.current;
    editor?.dispatch({ selection: { anchor: editor.state.doc.length } });
    editor?.focus();
  }, []);

  return <div ref={host} className="query-field" data-tone={invalid ? 'error' : undefined} />;
}
