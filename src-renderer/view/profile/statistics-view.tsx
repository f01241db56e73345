/**
 * All statistics of all columns of a table: a line for each column, to be sorted, searched, grouped, copied and kept.
 */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Filter } from '#contract';
import { filterSql } from '#core/filter';
import type { ColumnProfile } from '#core/profile/profile';
import { statisticNamed, statistics } from '#core/profile/statistics';
import { statisticsMarkdown, statisticsTable } from '#core/report/statistics';
import type { Table } from '#core/table';
import { keysText } from '../../store/commands';
import { useAssay, useAssayStore, useBridge } from '../../store/hooks';
import { alertsByColumn, rolesOf } from '../../store/select';
import type { State } from '../../store/state';
import { copyText, tsv } from '../ui/copy';
import { EmptyState } from '../ui/empty-state';
import { counted } from '../ui/figure';
import { Menu, type Point } from '../ui/popover';
import { unsorted } from './column-list';
import { StatisticsFoot } from './statistics-foot';
import { type At, StatisticsGrid } from './statistics-grid';
import { columnsIn, laidOut, linesOf, type StatisticsRow, type StatisticsWish } from './statistics-list';
import { StatisticsToolbar } from './statistics-toolbar';
import './statistics.css';

const noProfiles: Readonly<Record<string, ColumnProfile>> = {};
const noFilters: readonly Filter[] = [];
const noAlerts: StatisticsRow['alerts'] = [];
const everything: StatisticsWish = { text: '', kind: 'all', sort: unsorted, group: 'none' };
const name = statisticNamed('name')!;

export function StatisticsView({ table: of }: { table: string }) {
  const store = useAssayStore();
  const copyKeys = keysText('Mod+C', useBridge().platform === 'darwin');
  const table = useAssay((s) => s.tables[of]);
  const profiles = useAssay((s) => s.profiles[of] ?? noProfiles);
  const filtered = useAssay((s) => s.filtered[of] ?? noProfiles);
  const filters = useAssay((s) => s.filters[of] ?? noFilters);
  const design = useAssay((s) => s.design);
  const alerts = useAssay((s) => alertsByColumn(s, of));
  const hidden = useAssay((s) => s.statisticsHidden);
  const [wish, setWish] = useState(everything);
  const [allRows, setAllRows] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [at, setAt] = useState<At>({ line: 0, of: -1 });
  const [menu, setMenu] = useState<Point | null>(null);
  const [said, setSaid] = useState('');

  useEffect(() => store.getState().profile(of, []), [store, of]);

  const under = filters.length > 0 && !allRows;
  const rows = useMemo(
    () => (table === undefined ? [] : rowsOf(table, profiles, under ? filtered : profiles, design, alerts)),
    [table, profiles, filtered, under, design, alerts],
  );
  const shown = useMemo(() => statistics.filter((s) => s !== name && !hidden.includes(s.key)), [hidden]);
  const lines = useMemo(() => linesOf(rows, wish), [rows, wish]);
  const laid = useMemo(() => laidOut(shown, rows), [shown, rows]);
  const found = useMemo(() => columnsIn(lines), [lines]);
  const chosen = found.filter((row) => selected.has(row.index));
  const change = useCallback((part: Partial<StatisticsWish>) => setWish((w) => ({ ...w, ...part })), []);
  const visible = useCallback(
    (columns: readonly string[]) => store.getState().profile(of, columns),
    [store, of],
  );
  if (table === undefined) return null;
  if (table.columns.length === 0) return <EmptyState title={`${of} has no columns`} />;

  const where = under ? filters.map(filterSql).join(' AND ') : '';
  const wanted = chosen.length > 0 ? chosen : found;
  const copy = (text: string, as: string) =>
    void copyText(text).then((done) =>
      setSaid(done ? `${counted(wanted.length, 'column')} copied${as}` : 'The clipboard refused'),
    );
  const copyTsv = () => {
    const { columns, rows: values } = statisticsTable(wanted, shown, 'title', where);
    copy(tsv(columns, values), '');
  };
  const copyMarkdown = () => copy(statisticsMarkdown(wanted, shown, where), ' as Markdown');
  const write = () =>
    void store.getState().writeStatistics(of, {
      columns: wanted.map(({ column, profile, roles, alerts: own }) => ({
        column,
        profile,
        roles,
        alerts: own,
      })),
      statistics: shown.map((s) => s.key),
      filtered: under,
    });
  const open = ({ column }: StatisticsRow) => {
    store.getState().select({ kind: 'column', table: of, column: column.name });
    store.getState().set('profileView', 'columns');
  };
  // A shorter list leaves the active cell where it can be.
  const here: At = { line: Math.min(at.line, lines.length - 1), of: Math.min(at.of, laid.length - 1) };
  const line = lines[here.line];

  return (
    <>
      <StatisticsToolbar
        table={table}
        wish={wish}
        onWish={change}
        filters={filters.length}
        allRows={allRows}
        onAllRows={setAllRows}
        hidden={hidden}
        onHide={store.getState().hideStatistics}
        found={found.length}
        chosen={chosen.length}
        said={said}
        copyKeys={copyKeys}
        onCopy={copyTsv}
        onCopyMarkdown={copyMarkdown}
        onWrite={write}
        onClear={() => setSelected(new Set())}
      />
      <StatisticsGrid
        label={`Statistics of ${of}`}
        lines={lines}
        laid={laid}
        sort={wish.sort}
        selected={selected}
        at={here}
        onAt={setAt}
        onSort={(sort) => change({ sort })}
        onSelected={(next) => {
          setSelected(next);
          setSaid('');
        }}
        onCopy={copyTsv}
        onOpen={open}
        onMenu={setMenu}
        onVisible={visible}
      />
      <StatisticsFoot
        of={line?.kind === 'column' ? line.row : undefined}
        statistic={laid[here.of]?.statistic ?? name}
      />
      {menu === null ? null : (
        <Menu
          at={menu}
          label="Statistics"
          onClose={() => setMenu(null)}
          groups={[
            [
              { label: `Copy ${counted(wanted.length, 'column')}`, shortcut: copyKeys, run: copyTsv },
              { label: 'Copy as Markdown', run: copyMarkdown },
              { label: 'Export CSV…', run: write },
            ],
            ...(line?.kind === 'column'
              ? [[{ label: 'Open the sheet', shortcut: 'Enter', run: () => open(line.row) }]]
              : []),
          ]}
        />
      )}
    </>
  );
}

/** Columns with what is known about them, in file order. @param figures Those to show; roles rest on all rows. */
function rowsOf(
  table: Table,
  profiles: State['profiles'][string],
  figures: State['profiles'][string],
  design: State['design'],
  alerts: ReturnType<typeof alertsByColumn>,
): readonly StatisticsRow[] {
  const state = { profiles: { [table.name]: profiles }, design };
  return table.columns.map((column, index) => ({
    column,
    index,
    profile: Object.hasOwn(figures, column.name) ? figures[column.name] : undefined,
    alerts: alerts.get(column.name) ?? noAlerts,
    roles: rolesOf(state, table.name, column.name),
  }));
}
