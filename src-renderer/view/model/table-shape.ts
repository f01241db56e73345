/**
 * What stands on the card of a table and where: pure, so that lines can be drawn to rows that are not on screen.
 */
import type { DesignTable, Dimension, Measure, MemberRef, Segment } from '#core/design/design';
import type { Column } from '#core/table';
import { counted } from '../ui/figure';

/** Sizes in pixels of the canvas; the style sheet has the same. */
export const cardWidth = 232;
export const headHeight = 32;
export const rowHeight = 22;
const grainHeight = 22;
const sectionHeight = 22;
const foot = 6;

/** Rows of a section that stand without unfolding. */
export const usual = 12;
/** Columns that stand on a card without dimensions. */
const usualColumns = 8;

export type Line = { readonly key: string; readonly top: number } & (
  | { readonly kind: 'section'; readonly title: string }
  | { readonly kind: 'dimension'; readonly part: Dimension; readonly column: string; readonly isKey: boolean }
  | { readonly kind: 'measure'; readonly part: Measure }
  | { readonly kind: 'segment'; readonly part: Segment }
  /** A column that is no dimension. */
  | { readonly kind: 'column'; readonly column: string; readonly of: Column; readonly isKey: boolean }
  /** Folds rows away or back; `part` names what is folded. */
  | { readonly kind: 'fold'; readonly part: string; readonly open: boolean; readonly words: string }
);

export interface Shape {
  readonly lines: readonly Line[];
  readonly height: number;
  readonly collapsed: boolean;
  readonly hasGrain: boolean;
  /** Middle of the row of a column, from the top of the card; of the head if the row is folded away. */
  anchor(column: string): number;
}

/** The key of a fold in the store. */
export function foldKey(table: string, part: string): string {
  return `${table}\n${part}`;
}

/** A line before it has a place. `shown` stands whatever is folded away; `hidden` folds with others of its kind. */
type Row = Exclude<Line, { kind: 'section' | 'fold' }> & {
  readonly shown: boolean;
  readonly hidden: boolean;
};

/**
 * @param columns Of the source.
 * @param joined Columns that lines go to; they stand even where others are folded away.
 * @param folds What the user folded or unfolded, by `foldKey`.
 */
export function shapeOf(
  table: DesignTable,
  columns: readonly Column[],
  joined: ReadonlySet<string>,
  folds: Readonly<Record<string, boolean>>,
): Shape {
  const isOpen = (part: string, otherwise: boolean) => folds[foldKey(table.name, part)] ?? otherwise;
  const collapsed = !isOpen('card', true);
  const lines: Line[] = [];
  const hasGrain = table.grain.length > 0;
  let top = headHeight + (hasGrain ? grainHeight : 0);
  const add = (line: Line, height: number) => {
    lines.push(line);
    top += height;
  };
  const grain = new Set(table.grain);

  const section = (part: string, title: string, rows: readonly Row[], most: number) => {
    if (rows.length === 0) return;
    add({ kind: 'section', key: `t:${part}`, title, top }, sectionHeight);
    const seen = rows.filter((row) => !row.hidden || row.shown);
    const hidden = rows.filter((row) => row.hidden && !row.shown);
    const all = isOpen(part, false);
    let left = most - seen.filter((row) => row.shown).length;
    const standing = all ? seen : seen.filter((row) => row.shown || left-- > 0);
    // One row folded away would take as much room as it saves.
    const drawn = seen.length - standing.length <= 1 ? seen : standing;
    for (const { shown: _, hidden: __, ...row } of drawn) add({ ...row, top }, rowHeight);
    if (drawn.length < seen.length || (all && seen.length > Math.max(most, 0) + (most > 0 ? 1 : 0))) {
      const words = all ? 'Show fewer' : `${seen.length - drawn.length} more`;
      add({ kind: 'fold', key: `f:${part}`, part, open: all, words, top }, rowHeight);
    }
    if (hidden.length === 0) return;
    const open = isOpen(`${part}-hidden`, false);
    if (open) for (const { shown: _, hidden: __, ...row } of hidden) add({ ...row, top }, rowHeight);
    const words = open ? `Fold ${hidden.length} hidden` : `${hidden.length} hidden`;
    add({ kind: 'fold', key: `f:${part}-hidden`, part: `${part}-hidden`, open, words, top }, rowHeight);
  };

  if (!collapsed) {
    const used = new Set(table.dimensions.map((d) => d.column).filter((column) => column !== ''));
    section(
      'dimensions',
      'Dimensions',
      table.dimensions.map((part) => ({
        kind: 'dimension',
        top,
        key: `d:${part.name}`,
        part,
        column: part.column,
        isKey: part.primaryKey || grain.has(part.column),
        shown: part.column !== '' && joined.has(part.column),
        hidden: !part.public,
      })),
      usual,
    );
    section(
      'measures',
      'Measures',
      table.measures.map((part) => ({
        kind: 'measure',
        top,
        key: `m:${part.name}`,
        part,
        shown: false,
        hidden: !part.public,
      })),
      usual,
    );
    section(
      'segments',
      'Segments',
      table.segments.map((part) => ({
        kind: 'segment',
        top,
        key: `s:${part.name}`,
        part,
        shown: false,
        hidden: false,
      })),
      usual,
    );
    const rest = columns
      .filter(({ name }) => !used.has(name))
      .map(
        (of): Row => ({
          kind: 'column',
          top,
          key: `c:${of.name}`,
          column: of.name,
          of,
          isKey: grain.has(of.name),
          shown: joined.has(of.name) || grain.has(of.name),
          hidden: false,
        }),
      );
    const title = table.dimensions.length === 0 ? 'Columns' : 'Other columns';
    if (table.dimensions.length > 0 && rest.every((row) => !row.shown) && !isOpen('columns', false)) {
      if (rest.length > 0) {
        const words = counted(rest.length, 'other column');
        add({ kind: 'fold', key: 'f:columns', part: 'columns', open: false, words, top }, rowHeight);
      }
    } else {
      section('columns', title, rest, table.dimensions.length === 0 ? usualColumns : 0);
    }
  }
  const height = collapsed ? headHeight : top + (lines.length === 0 ? 0 : foot);
  const anchors = new Map(
    lines.flatMap((line) =>
      'column' in line && line.column !== '' ? [[line.column, line.top + rowHeight / 2] as const] : [],
    ),
  );
  return {
    lines,
    height: collapsed ? headHeight : height,
    collapsed,
    hasGrain,
    anchor: (column) => anchors.get(column) ?? headHeight / 2,
  };
}

/** The member a line stands for. */
export function memberAt(table: string, line: Line): MemberRef | null {
  return line.kind === 'dimension' || line.kind === 'measure' || line.kind === 'segment'
    ? { table, kind: line.kind, name: line.part.name }
    : null;
}

/** The column a line can be drawn from. */
export function columnAt(line: Line): string | null {
  return (line.kind === 'dimension' || line.kind === 'column') && line.column !== '' ? line.column : null;
}

/** Whether a name on the card, or a column of its source, holds a text. @param wanted In lower case. */
export function holds(table: DesignTable, columns: readonly Column[], wanted: string): boolean {
  const names = [
    table,
    ...table.dimensions,
    ...table.measures,
    ...table.segments,
    ...columns.map(({ name }) => ({ name, title: '' })),
  ];
  return names.some(
    ({ name, title }) => name.toLowerCase().includes(wanted) || title.toLowerCase().includes(wanted),
  );
}
