/**
 * How an answer is laid out as a table: heads, rows and totals as texts.
 */
import { besides, changeOf } from '#core/explore/before';
import { pivot } from '#core/explore/pivot';
import type { AskedColumn } from '#core/explore/question';
import type { Cell } from '#core/table';
import type { Explored } from '../../store/state';
import { count } from '../ui/figure';
import { changeText, figureText, valueText } from './cells';

export interface Head {
  readonly key: string;
  readonly text: string;
  readonly label: string;
  readonly numeric: boolean;
  /** The word of the query it can be ordered by; null if it cannot. */
  readonly word: string | null;
  readonly quiet?: boolean;
}

export interface Laid {
  /** Headings over several columns. */
  readonly groups: readonly { readonly text: string; readonly columns: number }[];
  readonly heads: readonly Head[];
  readonly rows: readonly (readonly string[])[];
  /** The row of the answer behind a row; null where several are. */
  readonly behind: readonly (readonly Cell[] | null)[];
  readonly totals: readonly string[] | null;
  readonly note: string;
}

/** The answer with a row for each group; beside each figure, where asked, the one before and the change. */
export function flat(
  { query, columns, answer, totals, before, totalsBefore }: Explored,
  compared: boolean,
): Laid {
  const dimensions = columns.filter((c) => c.kind === 'dimension');
  const measures = columns.filter((c) => c.kind === 'measure');
  const n = dimensions.length;
  const texts = measures.map((m, i) =>
    figureText(m, [
      ...answer.rows.map((r) => r[n + i] ?? null),
      ...(before?.rows.map((r) => r[n + i] ?? null) ?? []),
    ]),
  );
  const beside = compared && before !== null ? besides(query, columns, answer.rows, before.rows) : null;
  const figures = (row: readonly Cell[], old: readonly Cell[] | null, from: number) =>
    measures.flatMap((_, i) => {
      const [now, then] = [row[from + i], old?.[from + i]];
      const text = texts[i]!(now);
      return compared
        ? [text, old === null ? '–' : texts[i]!(then), changeText(changeOf(now, then))]
        : [text];
    });
  const total = totals?.rows[0];
  return {
    groups: [],
    heads: [
      ...dimensions.map((c) => headOf(c)),
      ...measures.flatMap((c) =>
        compared
          ? [
              headOf(c),
              {
                key: `${c.word} before`,
                text: 'before',
                label: `${c.title} before`,
                numeric: true,
                word: null,
                quiet: true,
              },
              {
                key: `${c.word} change`,
                text: 'change',
                label: `Change of ${c.title}`,
                numeric: true,
                word: null,
                quiet: true,
              },
            ]
          : [headOf(c)],
      ),
    ],
    rows: answer.rows.map((row, r) => [
      ...dimensions.map((c, i) => valueText(c, row[i])),
      ...figures(row, beside?.[r] ?? null, n),
    ]),
    behind: answer.rows,
    totals:
      n === 0 || measures.length === 0
        ? null
        : [
            ...dimensions.map((_, i) => (i === 0 ? 'All groups' : '')),
            ...(total === undefined
              ? measures.flatMap(() => (compared ? ['…', '', ''] : ['…']))
              : figures(total, totalsBefore?.rows[0] ?? null, 0)),
          ],
    note: '',
  };
}

function headOf(c: AskedColumn): Head {
  const numeric = c.kind === 'measure' || c.type === 'number';
  return { key: c.word, text: c.title, label: c.title, numeric, word: c.word };
}

export function pivoted({ columns, answer }: Explored, word: string): Laid {
  const dimensions = columns.filter((c) => c.kind === 'dimension');
  const measures = columns.filter((c) => c.kind === 'measure');
  const at = dimensions.findIndex((c) => c.word === word);
  const over = dimensions[at]!;
  const sorted = over.type === 'time' || over.type === 'number';
  const laid = pivot(answer.rows, at, dimensions.length, sorted);
  const texts = measures.map((m, i) =>
    figureText(
      m,
      answer.rows.map((r) => r[dimensions.length + i] ?? null),
    ),
  );
  const rest = dimensions.filter((_, i) => i !== at);
  const several = measures.length > 1;
  return {
    groups: several
      ? [
          { text: '', columns: rest.length },
          ...laid.heads.map((h) => ({ text: valueText(over, h), columns: measures.length })),
        ]
      : [],
    heads: [
      ...rest.map(headOf),
      ...laid.heads.flatMap((h) =>
        measures.map((m) => ({
          key: `${JSON.stringify(h)} ${m.word}`,
          text: several ? m.title : valueText(over, h),
          label: `${m.title}, ${over.title} ${valueText(over, h)}`,
          numeric: true,
          word: null,
        })),
      ),
    ],
    rows: laid.rows.map(({ keys, cells }) => [
      ...rest.map((c, i) => valueText(c, keys[i])),
      ...cells.flatMap((cell) => measures.map((_, i) => (cell === null ? '' : texts[i]!(cell[i])))),
    ]),
    behind: laid.rows.map(() => null),
    totals: null,
    note: laid.left === 0 ? '' : `${count(laid.left)} more values of ${over.title} found no room.`,
  };
}

/** Widths that fit the longest text, in pixels. */
export function widthsOf({ heads, rows, totals }: Laid): readonly number[] {
  return heads.map((head, c) => {
    const texts = [...rows.slice(0, 400).map((r) => r[c] ?? ''), totals?.[c] ?? ''];
    const longest = texts.reduce((most, t) => Math.max(most, t.length), 0);
    const letters = Math.max(longest, Math.min(24, String(head.text).length) + 2);
    return Math.min(360, Math.max(72, Math.ceil(letters * 7.4) + 24));
  });
}
