/**
 * What could be typed next in a query: tables where a table must stand, else columns of the tables that it reads first.
 */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { tablesRead } from '#core/design/derived';
import { folded, tokens } from '#core/design/expression';
import { asWritten } from '#core/design/names';

/** A table that a query may name. */
export interface QueryTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

const keywords = (
  'select from where group_by order_by limit join left_join on using union_all with as distinct having qualify case ' +
  'when then else end and or not in is_null between like filter over partition_by unnest exclude'
)
  .split(' ')
  .map((word) => word.replace('_', ' '));
const functions = (
  'count sum avg min max median coalesce nullif round floor abs lower upper trim length substr replace concat ' +
  'try_cast date_trunc date_diff strftime year month day regexp_replace regexp_matches row_number lag lead'
).split(' ');

/** Columns offered at most; typing narrows them. */
const columnsMax = 2000;

/** What a name before a dot stands for: a table, or one that the query calls so. */
export function tableBehind(text: string, name: string, tables: readonly QueryTable[]): QueryTable | null {
  const named = (wanted: string) => tables.find((table) => folded(table.name) === folded(wanted)) ?? null;
  const own = named(name);
  if (own !== null) return own;
  const words = tokens(text).filter((token) => token.kind !== 'space' && token.kind !== 'comment');
  for (const read of tablesRead(text)) {
    const at = words.findIndex((token) => token.at === read.at);
    const after = words[at + 1];
    const alias = after?.text.toLowerCase() === 'as' ? words[at + 2] : after;
    if (alias !== undefined && folded(alias.text.replaceAll('"', '')) === folded(name))
      return named(read.name);
  }
  return null;
}

const columnOption = (column: QueryTable['columns'][number], of: string, boost: number): Completion => ({
  label: column.name,
  apply: asWritten(column.name),
  detail: `${column.type.toLowerCase()}${of === '' ? '' : ` · ${of}`}`,
  type: 'property',
  boost,
});

/** Completion of a query over these tables. */
export function completeQuery(
  tables: readonly QueryTable[],
): (context: CompletionContext) => CompletionResult | null {
  const tableOptions: readonly Completion[] = tables.map((table) => ({
    label: table.name,
    apply: asWritten(table.name),
    detail: 'table',
    type: 'class',
    boost: 30,
  }));
  const words: readonly Completion[] = [
    ...functions.map((name) => ({ label: name, apply: `${name}(`, type: 'function', detail: 'function' })),
    ...keywords.map((label) => ({ label, type: 'keyword', boost: -20 })),
  ];
  return (context) => {
    const text = context.state.doc.toString();
    const dotted = context.matchBefore(/(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_]*)\.[\p{L}\p{N}_"]*/u);
    if (dotted !== null) {
      const dot = dotted.text.lastIndexOf('.');
      const name = dotted.text.slice(0, dot).replace(/^"|"$/g, '').replaceAll('""', '"');
      const table = tableBehind(text, name, tables);
      if (table === null) return null;
      return {
        from: dotted.from + dot + 1,
        options: table.columns.slice(0, columnsMax).map((column) => columnOption(column, '', 0)),
        validFor: /^[\p{L}\p{N}_"]*$/u,
      };
    }
    const word = context.matchBefore(/"[^"]*|[\p{L}_][\p{L}\p{N}_]*/u);
    if (word === null && !context.explicit) return null;
    const read = new Set(tablesRead(text).map((table) => folded(table.name)));
    const columns = tables.flatMap((table) =>
      table.columns.map((column) => columnOption(column, table.name, read.has(folded(table.name)) ? 40 : 0)),
    );
    return {
      from: word?.from ?? context.pos,
      options: [...tableOptions, ...columns.slice(0, columnsMax), ...words],
      validFor: /^[\p{L}_][\p{L}\p{N}_]*$/u,
    };
  };
}
