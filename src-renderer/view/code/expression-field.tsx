/**
 * A small SQL expression editor: completion of columns, members and functions, known names coloured, the error underlined.
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
import { Annotation, Compartment, EditorState, Prec, type Range } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  keymap,
  placeholder as placeholderOf,
  tooltips,
} from '@codemirror/view';
import { useEffect, useId, useRef } from 'react';
import { codeTheme } from './code-theme';
import { replaceText } from './code-view';
import {
  completeWith,
  type ExpressionColumn,
  type ExpressionMember,
  expressionWords,
} from './expression-words';
import './code.css';

/** What is wrong with the expression. `at` is the offset it stands at, if that is known. */
export interface ExpressionProblem {
  readonly tone: 'error' | 'warning';
  readonly words: string;
  readonly remedy: string;
  readonly at: number | null;
}

export interface ExpressionFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The field was left, or Enter was pressed in a field of one line. */
  readonly onDone?: () => void;
  readonly columns: readonly ExpressionColumn[];
  /** Members that may stand in braces. */
  readonly members: readonly ExpressionMember[];
  readonly problem: ExpressionProblem | null;
  readonly label: string;
  readonly placeholder?: string;
  /** One line refuses line breaks; the default is several. */
  readonly lines?: 'one' | 'several';
  /** Takes the focus when it appears. */
  readonly autoFocus?: boolean;
}

/** Marks a change that came from outside, so that it is not told back. */
const fromOutside = Annotation.define<boolean>();

const classes = {
  column: 'expression-column',
  member: 'expression-member',
  unknown: 'expression-unknown',
} as const;

function coloursOf(
  text: string,
  columns: readonly ExpressionColumn[],
  members: readonly ExpressionMember[],
  at: number | null,
): DecorationSet {
  const ranges: Range<Decoration>[] = expressionWords(text, columns, members).map((word) =>
    Decoration.mark({ class: classes[word.sort] }).range(word.from, word.to),
  );
  if (at !== null && text.length > 0) {
    const from = Math.min(Math.max(0, at), text.length - 1);
    const word = /^[\p{L}\p{N}_]+|^./su.exec(text.slice(from));
    ranges.push(Decoration.mark({ class: 'expression-error' }).range(from, from + (word?.[0].length ?? 1)));
  }
  return Decoration.set(ranges, true);
}

export function ExpressionField(props: ExpressionFieldProps) {
  const { value, columns, members, problem, label, placeholder = '', lines = 'several', autoFocus } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const told = useRef(props);
  const parts = useRef({
    colours: new Compartment(),
    names: new Compartment(),
    attributes: new Compartment(),
  });
  const problemId = useId();

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
          drawSelection(),
          closeBrackets(),
          sql({ dialect: PostgreSQL, upperCaseKeywords: false }),
          EditorView.lineWrapping,
          tooltips({ position: 'fixed', parent: document.body }),
          // Tab always leaves the field; Escape closes the completion and nothing else.
          Prec.highest(
            keymap.of([
              { key: 'Tab', run: (at) => closeCompletion(at) && false },
              {
                key: 'Escape',
                run: (at) => completionStatus(at.state) !== null && closeCompletion(at),
                stopPropagation: true,
              },
              { key: 'Enter', run: acceptCompletion },
            ]),
          ),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            const ours = update.transactions.every((one) => one.annotation(fromOutside) !== true);
            if (update.docChanged && ours) told.current.onChange(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({ blur: () => told.current.onDone?.() }),
          codeTheme,
          parts.current.colours.of([]),
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
    const oneLine = [
      EditorState.transactionFilter.of((change) => (change.newDoc.lines > 1 ? [] : change)),
      Prec.high(
        keymap.of([
          {
            key: 'Enter',
            run: () => {
              told.current.onDone?.();
              return true;
            },
          },
        ]),
      ),
    ];
    view.current?.dispatch({
      effects: parts.current.names.reconfigure([
        autocompletion({
          override: [completeWith(columns, members)],
          icons: false,
          activateOnTyping: true,
          maxRenderedOptions: 60,
        }),
        placeholder === '' ? [] : placeholderOf(placeholder),
        lines === 'one' ? oneLine : [],
      ]),
    });
  }, [columns, members, placeholder, lines]);

  const at = problem?.at ?? null;
  useEffect(() => {
    view.current?.dispatch({
      effects: parts.current.colours.reconfigure(
        EditorView.decorations.of((editor) => coloursOf(editor.state.doc.toString(), columns, members, at)),
      ),
    });
  }, [columns, members, at]);

  const invalid = problem?.tone === 'error';
  const described = problem !== null;
  useEffect(() => {
    const attributes: Record<string, string> = { 'aria-label': label, 'aria-invalid': String(invalid) };
    if (described) attributes['aria-describedby'] = problemId;
    view.current?.dispatch({
      effects: parts.current.attributes.reconfigure(EditorView.contentAttributes.of(attributes)),
    });
  }, [label, invalid, described, problemId]);

  useEffect(() => {
    if (view.current) replaceText(view.current, value, fromOutside.of(true));
  }, [value]);

  useEffect(() => {
    if (autoFocus) view.current?.focus();
  }, [autoFocus]);

  return (
    <>
      <div
        ref={host}
        className={`expression-field expression-${lines === 'one' ? 'line' : 'lines'}`}
        data-tone={problem?.tone}
      />
      {problem && (
        <p id={problemId} className="field-problem" data-tone={problem.tone} role="status">
          {problem.words}. {problem.remedy}
        </p>
      )}
    </>
  );
}
