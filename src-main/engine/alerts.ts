/**
 * Asks a table what the profile of its columns does not show: rows that are equal, how text is spelt, amounts over time.
 */
import { ProblemError, words } from '../core/problem';
import {
  type AlertHint,
  type AskedAlerts,
  equalRowsSql,
  keysOf,
  readEqualRows,
  repeatedSql,
  worthAsking,
} from '../core/profile/alert/ask';
import { readSeries, seriesOf, seriesSql } from '../core/profile/alert/series';
import { readSpell, spellSql } from '../core/profile/alert/spell';
import type { Alert, Evidence } from '../core/profile/profile';
import type { Reach } from './engine';
import { countEqualRows } from './equal-rows';
import type { Clock } from './profile';
import type { Result } from './session';

/** Cells beyond which rows are not compared: as many seconds as a user waits for a remark. */
const CELLS = 400_000_000;
/** Up to so many rows are compared in one statement. */
const EQUAL_AT_ONCE = 1_000_000;
/** Rows from which the spelling of text is looked at in a sample. */
const ROWS = 2_000_000;
/** Text columns that are looked at. */
const TEXTS = 200;

/**
 * @param hints Of the columns of the table, from their profiles; columns without one are not looked at.
 * @param onProgress Takes the share that is done, 0…1.
 * @throws ProblemError if it was cancelled.
 */
export async function askAlerts(
  reach: Reach,
  hints: readonly AlertHint[],
  clock: Clock,
  onProgress: (share: number) => void,
): Promise<AskedAlerts> {
  const { table } = reach;
  const found: Alert[] = [];
  const unlooked: string[] = [];
  let duplicates: number | null = null;

  const ask = async (
    sql: string,
    from: string,
    basis: Evidence['basis'],
  ): Promise<{ result: Result; evidence: Evidence }> => {
    const begun = clock.now();
    const result = await reach.query(sql);
    const evidence = {
      basis,
      rows: hints[0]?.rows ?? table.rows,
      at: new Date(begun).toISOString(),
      ms: Math.round(clock.now() - begun),
      sql: [sql.replaceAll(from, reach.shown)],
    };
    return { result, evidence };
  };

  type Asked = ReturnType<typeof worthAsking>;
  const atOnce = async (columns: readonly string[], keys: readonly string[], asked: Asked) => {
    const sql = equalRowsSql(reach.from, columns, keys, asked);
    const { result, evidence } = await ask(sql, reach.from, 'exact');
    return { row: result.rows[0] ?? [], evidence };
  };

  const inParts = async (columns: readonly string[], keys: readonly string[], asked: Asked) => {
    const rest = columns.filter((column) => !keys.includes(column));
    const begun = clock.now();
    const sets = [...(asked.equal ? [columns] : []), ...(asked.apart ? [rest] : [])];
    const { counts, sql } = await countEqualRows(reach.query, reach.from, sets);
    const evidence: Evidence = {
      basis: 'exact',
      rows: hints[0]?.rows ?? table.rows,
      at: new Date(begun).toISOString(),
      ms: Math.round(clock.now() - begun),
      sql: sql.map((statement) => statement.replaceAll(reach.from, reach.shown)),
    };
    const [first = null, second = null] = counts;
    return { row: [evidence.rows, asked.equal ? first : null, asked.equal ? second : first], evidence };
  };

  const equalRows = async () => {
    const columns = table.columns.map((column) => column.name);
    const known = hints.length === columns.length;
    const keys = known ? keysOf(hints) : [];
    const asked = worthAsking(hints, keys);
    duplicates = 0;
    if (!asked.equal && !asked.apart) return;
    const { row, evidence } =
      table.rows > EQUAL_AT_ONCE ? await inParts(columns, keys, asked) : await atOnce(columns, keys, asked);
    duplicates = Number(row[1] ?? 0);
    const told = (without: readonly string[]) => ({
      ...evidence,
      sql: [...evidence.sql, repeatedSql(reach.shown, without)],
    });
    found.push(...readEqualRows(row, keys, told));
  };

  const texts = hints.filter((hint) => hint.kind === 'text' && hint.distinct > 1);
  const sample = table.rows > ROWS ? reach.sample(ROWS / 2) : { from: reach.from, whole: true };
  const spelling = async (hint: AlertHint) => {
    const basis = sample.whole ? 'exact' : 'sample';
    const { result, evidence } = await ask(spellSql(sample.from, hint), sample.from, basis);
    const seen = sample.whole ? hint : { ...hint, filled: Math.min(hint.filled, ROWS / 2) };
    found.push(...readSpell(result.rows, seen, sample.whole ? evidence : { ...evidence, rows: ROWS / 2 }));
  };

  const series = seriesOf(hints);
  const overTime = async () => {
    if (series === null) return;
    const { result, evidence } = await ask(seriesSql(reach.from, series), reach.from, 'exact');
    found.push(...readSeries(result.rows[0] ?? [], series, evidence));
  };

  const steps: { readonly what: string; readonly run: () => Promise<void> }[] = [];
  const cells = table.rows * table.columns.length;
  if (cells > CELLS) unlooked.push(`equal rows (${table.rows.toLocaleString('en-US')} rows are too many)`);
  else if (table.columns.length > 0 && table.rows > 1) steps.push({ what: 'equal rows', run: equalRows });
  for (const hint of texts.slice(0, TEXTS))
    steps.push({ what: `the spelling of ${hint.column}`, run: () => spelling(hint) });
  if (texts.length > TEXTS) unlooked.push(`the spelling of ${texts.length - TEXTS} further text columns`);
  if (series !== null) steps.push({ what: 'amounts over time', run: overTime });

  for (const [i, { what, run }] of steps.entries()) {
    try {
      await run();
    } catch (error) {
      const cancelled = !(error instanceof ProblemError) || error.problem.code === 'query-cancelled';
      if (cancelled) throw error;
      unlooked.push(`${what} (${words(error.problem)})`);
    }
    onProgress((i + 1) / steps.length);
  }
  return { alerts: found, duplicates, unlooked };
}
