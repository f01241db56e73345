/**
 * How the columns of a table are spelt: finds out over every value what a column of text really is, and proposes how to
 * read it. Nothing is applied here.
 *
 * Three questions are put to the engine, each cheap where there is nothing to find: which shapes the columns have, how
 * many values fit each reading that the shapes make likely, and which values speak against the one that is proposed.
 */
import { identifier, literal } from '../sql';
import type { Cell } from '../table';
import type { ColumnReading, Proposal, Warning } from './receipt';
import type { Ask, Spelling, Subject } from './spelling-ask';
import {
  type Draft,
  draftText,
  draftTyped,
  type Finding,
  MOST,
  missingWords,
  type Option,
  type Remark,
} from './spelling-draft';
import { filledSql, readingSql } from './spelling-reading';
import { evidenceSql, paddedSql, readEvidence, type Seen, shapesOf, wordsSql } from './spelling-shape';

export type { Ask, Spelling, Subject } from './spelling-ask';
export { filledSql, misfitReason, misfitsSql, readingSql, typeOf } from './spelling-reading';
export { studySentinels } from './spelling-sentinel';
export { evidenceSql, readEvidence } from './spelling-shape';

/** Columns per statement. */
const BATCH = 40;

/** Times a draft is made anew with the values that did not fit. */
const ROUNDS = 3;
/** Values that did not fit, of which a new draft is made. */
const MISFITS = 200;

/**
 * Studies columns and proposes readings.
 * @param ask Puts a statement to the engine.
 * @param from What stands behind FROM: a relation with the columns as text, as they stand in the file. A table, not a
 *  file: it is read once per column.
 * @param subjects The columns; those with a type other than text are judged for what that type may have lost.
 *  A column whose name holds a NUL cannot be named in SQL and is passed over.
 */
export async function studySpelling(ask: Ask, from: string, subjects: readonly Subject[]): Promise<Spelling> {
  const nameable = subjects.filter(({ name }) => !name.includes('\0'));
  const found = new Map<string, Judged>();
  const texts: Subject[] = [];
  const samples = new Map<string, readonly Seen[]>();
  if (nameable.length === 0) return { proposals: [], warnings: [] };
  const rows = Number((await ask(`SELECT count(*) FROM ${from}`))[0]?.[0] ?? 0);
  for (const batch of batches(nameable)) {
    const drawn = readEvidence(await ask(evidenceSql(from, namesOf(batch), rows)));
    for (const subject of batch) {
      const seen = drawn.get(subject.name) ?? [];
      if (seen.length === 0) continue;
      const judged = await study(ask, from, subject, seen);
      if (judged !== null) found.set(subject.name, judged);
      if (subject.type === 'VARCHAR' && (judged === null || judged.warning.code === 'leading-zeros')) {
        texts.push(subject);
        samples.set(subject.name, seen);
      }
    }
  }
  for (const batch of batches(texts)) {
    const counts = readWords(await ask(wordsSql(from, namesOf(batch))));
    for (const { name } of batch) {
      const judged = judgeWords(name, counts.get(name) ?? { words: [], others: 0 }, samples.get(name)!);
      if (judged !== null && (judged.proposal !== null || !found.has(name))) found.set(name, judged);
    }
  }
  const inOrder = subjects.flatMap(({ name }) => found.get(name) ?? []);
  return {
    proposals: inOrder.flatMap(({ proposal }) => proposal ?? []),
    warnings: inOrder.map(({ warning }) => warning),
  };
}

interface Judged {
  readonly proposal: Proposal | null;
  readonly warning: Warning;
}

const namesOf = (subjects: readonly Subject[]) => subjects.map((s) => s.name);

function batches(subjects: readonly Subject[]): (readonly Subject[])[] {
  const list: (readonly Subject[])[] = [];
  for (let i = 0; i < subjects.length; i += BATCH) list.push(subjects.slice(i, i + BATCH));
  return list;
}

/** Drafts, tries, and drafts anew with what did not fit, until nothing changes. */
async function study(
  ask: Ask,
  from: string,
  subject: Subject,
  sample: readonly Seen[],
): Promise<Judged | null> {
  let seen = sample;
  let last = '';
  let judged: Judged | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const found = draft(subject, seen);
    if (found === null) return judged;
    if ('remark' in found) return remark(ask, from, subject, found.remark);
    const text = JSON.stringify(found.draft.options);
    if (text === last) return judged;
    last = text;
    const tried = await tryDraft(ask, from, subject, found.draft);
    if (tried.padded) return remark(ask, from, subject, { code: 'leading-zeros' });
    // Many values that do not fit can mislead the next draft; the better reading stays.
    if ((tried.judged?.proposal?.fits ?? 0) >= (judged?.proposal?.fits ?? 0)) judged = tried.judged;
    if (tried.misfits.length === 0) return judged;
    seen = [...seen, ...tried.misfits];
  }
  return judged;
}

function draft(subject: Subject, seen: readonly Seen[]): Finding {
  // A sample over-counts either what is common or what is rare; a draft is worth a try if it may be either.
  for (const by of ['rows', 'values'] as const) {
    const shapes = shapesOf(subject.name, seen, by);
    const found = subject.type === 'VARCHAR' ? draftText(shapes) : draftTyped(shapes, subject);
    if (found !== null) return found;
  }
  return null;
}

async function remark(ask: Ask, from: string, subject: Subject, why: Remark): Promise<Judged> {
  const column = subject.name;
  if (why.code === 'money-as-text') {
    return {
      proposal: null,
      warning: {
        code: why.code,
        column,
        message: `${column} holds money in several currencies (${why.currencies.join(', ')}); it was kept as text`,
        remedy: 'Bring the amounts to one currency before you add them up.',
      },
    };
  }
  const [row] = await ask(paddedSql(from, column));
  const [padded, filled, low] = [Number(row?.[0]), Number(row?.[1]), String(row?.[2])];
  return {
    proposal: null,
    warning: {
      code: 'leading-zeros',
      column,
      message: `${column} has numbers with leading zeros: ${count(padded)} of ${plural(filled, 'value')} (as in ${low}); ${subject.type === 'VARCHAR' ? 'it was kept as text, or they would be lost' : 'as numbers they are lost'}`,
      remedy:
        subject.type === 'VARCHAR'
          ? 'Read it as a whole number only if it is an amount and not a code.'
          : 'Read it as text if it is a code and not an amount.',
    },
  };
}

/** Per column how often each null word occurs, and how many other values there are. */
function readWords(rows: readonly (readonly Cell[])[]): Map<string, { words: Seen[]; others: number }> {
  const found = new Map<string, { words: Seen[]; others: number }>();
  for (const [name, word, n] of rows) {
    const entry = found.get(String(name)) ?? { words: [], others: 0 };
    found.set(String(name), entry);
    if (word === null || word === undefined) entry.others += Number(n);
    else entry.words.push({ value: String(word), count: Number(n) });
  }
  for (const { words } of found.values()) {
    words.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }
  return found;
}

function judgeWords(
  column: string,
  counts: { readonly words: readonly Seen[]; readonly others: number },
  sample: readonly Seen[],
): Judged | null {
  const found = missingWords(counts.words, shapesOf(column, sample, 'values'));
  if (found.length === 0) return null;
  const quoted = found.map(({ value }) => `“${value}”`).join(', ');
  const n = found.reduce((total, word) => total + word.count, 0);
  const others = counts.others + counts.words.reduce((total, word) => total + word.count, 0) - n;
  const means = found.length === 1 ? 'means' : 'mean';
  if (others === 0) {
    return {
      proposal: null,
      warning: {
        code: 'null-words',
        column,
        message: `${column} holds nothing but ${quoted}, which usually ${means} missing`,
        remedy: 'Check whether the column was exported.',
      },
    };
  }
  return {
    proposal: {
      code: 'null-words',
      reading: { column, as: 'text', nulls: found.map(({ value }) => value) },
      words: `Keep as text; read ${quoted} as missing`,
      filled: others,
      fits: others,
      against: [],
      examples: found.slice(0, 5).map(({ value }) => ({ from: value, to: 'null' })),
      ambiguous: 0,
      alternatives: [],
    },
    warning: {
      code: 'null-words',
      column,
      message: `${column} holds ${quoted} in ${plural(n, 'value')}, which usually ${means} missing`,
      remedy: 'Count them as missing if that is what they mean.',
    },
  };
}

const VALUE = 'v';

/** The values of a column with their counts, so that each is read once. */
const valuesSql = (from: string, column: string) =>
  `(SELECT ${identifier(column)} AS ${VALUE}, count(*) AS n FROM ${from} GROUP BY 1)`;

/**
 * How many values fit readings of one column: filled; then for each reading the values it converts and those in years
 * nobody means, their span of years and their different days; then for each pair of readings the values that both convert
 * and that they convert differently; then the values that begin with a nought and another digit.
 */
export function compareSql(from: string, readings: readonly ColumnReading[]): string {
  const first = readings[0]!;
  const list = readings.map((reading, i) => `${readingSql(reading, VALUE)} AS r${i}`).join(', ');
  const total = (condition: string) => `coalesce(sum(n) FILTER (WHERE ${condition}), 0)::BIGINT`;
  const timed = first.as === 'date' || first.as === 'timestamp';
  const own = readings.flatMap((_, i) => [
    total(`r${i} IS NOT NULL`),
    timed ? total(`year(r${i}) NOT BETWEEN 1500 AND 2200 AND year(r${i}) <> 9999`) : '0',
    timed ? `(max(year(r${i})) - min(year(r${i})))::BIGINT` : '0',
    timed ? `count(DISTINCT day(r${i}))` : '0',
  ]);
  const pairs = readings.flatMap((_, i) =>
    readings
      .slice(i + 1)
      .flatMap((_, k) => [
        total(`r${i} IS NOT NULL AND r${i + 1 + k} IS NOT NULL`),
        total(`r${i} <> r${i + 1 + k}`),
      ]),
  );
  return `SELECT ${['coalesce(sum(n), 0)::BIGINT', ...own, ...pairs, total("v >= '00' AND v < '0:'")].join(',\n  ')}
FROM (SELECT v, n, ${list} FROM ${valuesSql(from, first.column)} WHERE ${filledSql(first, VALUE)})`;
}

/** The commonest values that a reading does not convert. */
function againstSql(from: string, reading: ColumnReading): string {
  return `SELECT ${VALUE}, n FROM ${valuesSql(from, reading.column)}
WHERE ${filledSql(reading, VALUE)} AND ${readingSql(reading, VALUE)} IS NULL ORDER BY n DESC, ${VALUE} LIMIT ${MISFITS}`;
}

function examplesSql(reading: ColumnReading, values: readonly string[]): string {
  const list = values.map((value, i) => `(${i}, ${literal(value)})`).join(', ');
  return `SELECT ${VALUE}, coalesce(CAST(${readingSql(reading, VALUE)} AS VARCHAR), 'null') FROM (VALUES ${list}) AS e(i, ${VALUE}) ORDER BY i`;
}

interface Trial {
  readonly option: Option;
  readonly fits: number;
  readonly odd: number;
  readonly years: number;
  readonly days: number;
}

interface Pair {
  readonly both: number;
  readonly differ: number;
}

interface Trials {
  readonly filled: number;
  readonly padded: number;
  readonly trials: readonly Trial[];
  pair(a: Trial, b: Trial): Pair;
}

function readTrials(options: readonly Option[], row: readonly Cell[]): Trials {
  const numbers = row.map((cell) => Number(cell ?? 0));
  const trials = options.map((option, i) => {
    const [fits, odd, years, days] = numbers.slice(1 + 4 * i, 5 + 4 * i) as [number, number, number, number];
    return { option, fits, odd, years, days };
  });
  const pairs = new Map<string, Pair>();
  let at = 1 + 4 * options.length;
  for (let i = 0; i < options.length; i++) {
    for (let k = i + 1; k < options.length; k++) {
      const pair = { both: numbers[at]!, differ: numbers[at + 1]! };
      pairs.set(`${i} ${k}`, pair).set(`${k} ${i}`, pair);
      at += 2;
    }
  }
  return {
    filled: numbers[0]!,
    padded: numbers[at]!,
    trials,
    pair: (a, b) => pairs.get(`${trials.indexOf(a)} ${trials.indexOf(b)}`)!,
  };
}

const isTime = (reading: ColumnReading) => reading.as === 'date' || reading.as === 'timestamp';

interface Tried {
  readonly judged: Judged | null;
  /** Values that did not fit, commonest first. */
  readonly misfits: readonly Seen[];
  /** Whether whole numbers have leading zeros. */
  readonly padded: boolean;
}

async function tryDraft(ask: Ask, from: string, subject: Subject, draft: Draft): Promise<Tried> {
  const readings = draft.options.map((o) => o.reading);
  const [row] = await ask(compareSql(from, readings));
  const result = readTrials(draft.options, row ?? []);
  const { filled } = result;
  const best = chooseTrial(result, draft, subject);
  if (best === null) return { judged: null, misfits: [], padded: false };
  const reading = best.option.reading;
  if (draft.names && result.padded > 0) return { judged: null, misfits: [], padded: true };
  const misfits =
    best.fits === filled
      ? []
      : (await ask(againstSql(from, reading))).map((r) => ({ value: String(r[0]), count: Number(r[1]) }));
  const nothing: Tried = { judged: null, misfits, padded: false };

  const typed = subject.type !== 'VARCHAR';
  const conflict = conflictOf(result, best, draft);
  const rivals =
    !draft.open || conflict !== null
      ? []
      : result.trials.filter(
          (t) => t !== best && t.fits >= best.fits && result.pair(best, t).differ > 0 && !absurd(t, best),
        );
  const ambiguous = Math.max(0, ...rivals.map((t) => result.pair(best, t).differ));
  if (typed && rivals.length === 0 && (draft.code === 'date-order' || draft.code === 'type-guess')) {
    return nothing;
  }
  const enough = best.fits >= (draft.strict ? 1 : MOST) * filled && best.odd <= (1 - MOST) * filled;
  if (!enough && conflict === null) return nothing;
  // C536379 among 536365: these are names, and the letter means something.
  if (draft.names && misfits.some(({ value }) => /[0-9]/.test(value))) return nothing;

  const examples = (await ask(examplesSql(reading, draft.examples))).map((r) => ({
    from: String(r[0]),
    to: String(r[1]),
  }));
  const proposal: Proposal = {
    code: conflict === null ? draft.code : 'date-mixed',
    reading,
    words: best.option.words,
    filled,
    fits: best.fits,
    against: misfits.slice(0, 10),
    examples,
    ambiguous,
    alternatives: rivals.map((t) => t.option.reading),
  };
  const judged = { proposal: enough ? proposal : null, warning: warn(proposal, draft, typed, conflict) };
  return { judged, misfits, padded: false };
}

/** A year-first reading of short years that spread over the whole days of a month is no reading, and the other way round. */
function absurd(rival: Trial, best: Trial): boolean {
  return rival.years >= 25 && best.years <= 20 && best.days >= 25;
}

function chooseTrial({ trials }: Trials, draft: Draft, subject: Subject): Trial | null {
  const most = Math.max(...trials.map((t) => t.fits));
  if (most <= 0) return null;
  const top = trials.filter((t) => t.fits === most);
  const kept = top.find((t) => subject.format && t.option.reading.formats?.includes(subject.format));
  if (kept) return kept;
  if (!draft.open || top.length === 1) return top[0]!;
  return top.find((t) => !top.some((other) => other !== t && absurd(t, other))) ?? top[0]!;
}

interface Conflict {
  /** Values that only the proposed order reads, and that only the other reads. */
  readonly only: number;
  readonly other: number;
}

/** Whether some values prove one order of day and month, and others the other. */
function conflictOf(result: Trials, best: Trial, draft: Draft): Conflict | null {
  if (!draft.open || !isTime(best.option.reading)) return null;
  for (const rival of result.trials.slice(0, 2)) {
    if (rival === best) continue;
    const { both } = result.pair(best, rival);
    const conflict = { only: best.fits - both, other: rival.fits - both };
    if (conflict.only > 0 && conflict.other > 0) return conflict;
  }
  return null;
}

const count = (n: number) => n.toLocaleString('en-US');
const plural = (n: number, one: string) => `${count(n)} ${n === 1 ? one : `${one}s`}`;

function warn(proposal: Proposal, draft: Draft, typed: boolean, conflict: Conflict | null): Warning {
  const { reading, filled, fits, examples, ambiguous, code } = proposal;
  const { column } = reading;
  const like = examples.length > 0 ? ` (as in ${examples[0]!.from})` : '';
  const share = `${count(fits)} of ${plural(filled, 'value')}${like}`;
  const kept = typed ? '' : '; it was kept as text';
  const doubt =
    ambiguous > 0
      ? `; ${plural(ambiguous, 'value')} would read differently ${reading.as === 'whole' || reading.as === 'number' ? 'if the mark means something else' : 'in the other order'}, and none proves which is meant`
      : '';
  const as = (message: string, remedy: string): Warning => ({ code, column, message, remedy });
  if (conflict !== null) {
    return as(
      `${column} mixes two orders of day and month: ${plural(conflict.only, 'value')} can only be read one way, ${plural(conflict.other, 'value')} only the other${kept}`,
      'Find out which rows come from where; one reading cannot be right for all of them.',
    );
  }
  switch (code) {
    case 'money-as-text':
      return as(
        `${column} holds money written as text: ${share}${kept}${doubt}`,
        'Read it as money to measure it.',
      );
    case 'percent-as-text':
      return as(
        `${column} holds percentages written as text: ${share}${kept}${doubt}`,
        'Read them as numbers.',
      );
    case 'boolean-as-text':
      return as(
        `${column} holds words for yes and no: ${count(fits)} of ${plural(filled, 'value')}${kept}`,
        'Read them as true and false if that is what they mean.',
      );
    case 'date-mixed':
      return as(
        `${column} spells its dates in ${reading.formats?.length ?? 2} ways: ${examples.map((e) => e.from).join(', ')}${kept}${doubt}`,
        'Accept the proposed reading to use it as a time.',
      );
    case 'date-suspicious':
      return as(
        `${column} spells its dates with two-digit years: ${share}${doubt}`,
        'Read 69 to 99 as 1969 to 1999 and the others as 2000 to 2068, if that is what they mean.',
      );
    case 'date-order':
      return as(
        `${column} has dates that do not say whether the day or the month comes first: ${count(ambiguous)} of ${plural(filled, 'value')} would read differently${like}`,
        'Say in which order day and month stand.',
      );
    case 'null-words': {
      const words = (reading.nulls ?? []).map((word) => `“${word}”`).join(', ');
      const what = reading.as === 'text' ? '' : `; all else in it are ${draft.noun}`;
      return as(
        `${column} holds ${words}, which usually ${reading.nulls?.length === 1 ? 'means' : 'mean'} missing${what}${doubt}`,
        'Count them as missing if that is what they mean.',
      );
    }
    case 'type-guess':
      return as(
        `${column} was read as fractions${like}, but its points may stand between thousands: ${plural(ambiguous, 'value')} would read differently`,
        'Say what the point means.',
      );
    case 'date-as-text':
      return as(
        `${column} holds ${draft.noun} written as text: ${share}${kept}${doubt}`,
        draft.open
          ? 'Say in which order day and month stand to use it as a time.'
          : 'Accept the proposed reading to use it as a time.',
      );
    default:
      return as(
        `${column} looks like a number but was kept as text: ${share}${doubt}`,
        'Check thousands marks, decimal commas and words for missing values.',
      );
  }
}
