/**
 * What stands beside and between the lines of a viewer: problems under their line, lines of a member, the margin of changes.
 */
import { type EditorState, type Extension, type Range, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutter,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view';
import type { LineDiff } from './line-diff';

/** A problem at a line, with what to do about it, and one thing that can be done at once. */
export interface LineProblem {
  /** 1-based; a line beyond the text counts as the last. */
  readonly line: number;
  readonly tone: 'error' | 'warning';
  readonly words: string;
  readonly remedy: string;
  readonly action?: { readonly label: string; run(): void };
}

export interface Marks {
  readonly problems: readonly LineProblem[];
  /** Highlighted lines, 1-based. */
  readonly lines: readonly number[];
  /** Changes since an earlier text; null draws no margin. */
  readonly diff: LineDiff | null;
}

const none: Marks = { problems: [], lines: [], diff: null };
const setMarks = StateEffect.define<Marks>();

interface Drawn {
  readonly marks: Marks;
  readonly decorations: DecorationSet;
  readonly added: ReadonlySet<number>;
  readonly problems: ReadonlyMap<number, LineProblem>;
}

class ProblemBox extends WidgetType {
  constructor(private readonly problem: LineProblem) {
    super();
  }

  override eq(other: ProblemBox): boolean {
    return (
      this.problem.words === other.problem.words &&
      this.problem.remedy === other.problem.remedy &&
      this.problem.tone === other.problem.tone &&
      this.problem.action?.label === other.problem.action?.label
    );
  }

  override toDOM(): HTMLElement {
    // The room around the box is padding: the editor does not measure margins, and its gutters would drift.
    const room = document.createElement('div');
    room.className = 'code-problem-room';
    const box = room.appendChild(document.createElement('div'));
    box.className = `code-problem code-problem-${this.problem.tone}`;
    const what = box.appendChild(document.createElement('p'));
    what.className = 'code-problem-words';
    what.textContent = this.problem.words;
    if (this.problem.remedy !== '') {
      const remedy = box.appendChild(document.createElement('p'));
      remedy.className = 'code-problem-remedy';
      remedy.textContent = this.problem.remedy;
    }
    const action = this.problem.action;
    if (action) {
      const button = box.appendChild(document.createElement('button'));
      button.type = 'button';
      button.className = 'code-problem-action';
      button.textContent = action.label;
      button.addEventListener('click', () => action.run());
    }
    return room;
  }

  /** The button is ours, not the editor's. */
  override ignoreEvent(): boolean {
    return true;
  }
}

class GoneLines extends WidgetType {
  constructor(private readonly lines: readonly string[]) {
    super();
  }

  override eq(other: GoneLines): boolean {
    return this.lines.join('\n') === other.lines.join('\n');
  }

  override toDOM(): HTMLElement {
    const block = document.createElement('div');
    block.className = 'code-gone';
    for (const line of this.lines) {
      const row = block.appendChild(document.createElement('del'));
      row.textContent = line === '' ? ' ' : line;
    }
    return block;
  }
}

class Sign extends GutterMarker {
  constructor(
    private readonly sign: string,
    private readonly words: string,
    override readonly elementClass: string,
  ) {
    super();
  }

  override eq(other: Sign): boolean {
    return this.words === other.words && this.elementClass === other.elementClass;
  }

  override toDOM(): Node {
    const mark = document.createElement('span');
    mark.textContent = this.sign;
    mark.title = this.words;
    return mark;
  }
}

const changedSign = new Sign('', 'New or changed since the last export', 'code-added');

function draw(state: EditorState, marks: Marks): Drawn {
  const last = state.doc.lines;
  const within = (line: number) => Math.min(Math.max(1, line), last);
  const ranges: Range<Decoration>[] = [];
  const problems = new Map<number, LineProblem>();
  for (const problem of marks.problems) {
    const at = state.doc.line(within(problem.line));
    if (!problems.has(at.number)) problems.set(at.number, problem);
    ranges.push(Decoration.line({ class: `code-line-${problem.tone}` }).range(at.from));
    ranges.push(Decoration.widget({ widget: new ProblemBox(problem), block: true, side: 1 }).range(at.to));
  }
  for (const line of new Set(marks.lines.map(within))) {
    ranges.push(Decoration.line({ class: 'code-line-member' }).range(state.doc.line(line).from));
  }
  for (const run of marks.diff?.removed ?? []) {
    const widget = new GoneLines(run.lines);
    const end = run.before > last;
    const at = end ? state.doc.length : state.doc.line(run.before).from;
    ranges.push(Decoration.widget({ widget, block: true, side: end ? 2 : -1 }).range(at));
  }
  return {
    marks,
    decorations: Decoration.set(ranges, true),
    added: new Set(marks.diff?.added),
    problems,
  };
}

const drawn = StateField.define<Drawn>({
  create: (state) => draw(state, none),
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) return draw(transaction.state, effect.value);
    }
    return transaction.docChanged ? draw(transaction.state, value.marks) : value;
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.decorations),
});

const problemGutter = gutter({
  class: 'code-problem-gutter',
  lineMarker(view, block) {
    const problem = view.state.field(drawn).problems.get(view.state.doc.lineAt(block.from).number);
    return problem ? new Sign('▲', problem.words, `code-sign-${problem.tone}`) : null;
  },
  lineMarkerChange: (update) => update.startState.field(drawn) !== update.state.field(drawn),
});

const changeGutter = gutter({
  class: 'code-change-gutter',
  lineMarker(view, block) {
    const { added } = view.state.field(drawn);
    return added.has(view.state.doc.lineAt(block.from).number) ? changedSign : null;
  },
  lineMarkerChange: (update) => update.startState.field(drawn) !== update.state.field(drawn),
});

/** The sign of a problem, left of the line numbers. */
export const problemSigns: Extension = [drawn, problemGutter];

/** The margin of changes, right of the line numbers. */
export const changeSigns: Extension = [drawn, changeGutter];

/** Replaces all marks of the viewer. */
export function showMarks(marks: Marks): StateEffect<Marks> {
  return setMarks.of(marks);
}

const braces = new MatchDecorator({
  regexp: /\{\{.*?\}\}|\{[A-Za-z_][\w.]*\}/g,
  decoration: Decoration.mark({ class: 'code-template' }),
});

/** What a target fills in: `{{ … }}` and `{member}`. */
export const templates: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = braces.createDeco(view);
    }

    update(update: ViewUpdate): void {
      this.decorations = braces.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
