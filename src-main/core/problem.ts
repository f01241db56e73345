/**
 * Problems: everything that can go wrong in a way the user can act on.
 *
 * A problem is a value, so it can cross a process, sit in the store and be listed in a pane. A fault of ours stays a
 * thrown Error and is never one. Each code has its parameters, its words and its remedy in one table each.
 */
export interface ProblemParameters {
  'source-missing': { path: string };
  'source-unreadable': { path: string; reason: string };
  'source-is-directory': { path: string };
  'source-not-a-file': { path: string };
  'source-empty': { path: string };
  'source-binary': { path: string };
  'source-format-unknown': { path: string };
  'source-broken': { path: string; reason: string };
  'source-changed': { table: string; path: string };
  'source-gone': { table: string; path: string };
  'source-limit': { path: string; reason: string };
  'part-missing': { path: string; kind: string; part: string };
  'range-invalid': { path: string; range: string; reason: string };
  'table-missing': { table: string };
  'column-missing': { table: string; column: string; used: string };
  'member-missing': { table: string; member: string; used: string };
  'name-invalid': { name: string; used: string };
  'name-duplicate': { name: string; table: string };
  'name-empty': { table: string; kind: string };
  'expression-empty': { name: string };
  'expression-invalid': { name: string; reason: string; at: number | null };
  'expression-no-column': { name: string };
  'expression-not-aggregate': { name: string };
  'expression-aggregate': { name: string };
  'expression-unsafe': { name: string; what: string };
  'expression-circular': { name: string; path: string };
  'key-missing': { table: string };
  'join-unfit': { reason: string };
  'division-by-zero': { name: string };
  'measure-of-identifier': { name: string; column: string; evidence: string };
  'measure-adds-ratios': { name: string; column: string; evidence: string };
  'measure-averages-ratios': { name: string; column: string; evidence: string };
  'measure-adds-stock': { name: string; column: string; evidence: string; time: string };
  'units-mixed': { name: string; column: string; unit: string };
  'denominator-unsound': { name: string; denominator: string; value: string };
  'member-constant': { name: string; value: string };
  'member-empty': { name: string; rows: string; table: string };
  'member-duplicate': { name: string; other: string };
  'aggregation-unfit': { name: string; aggregation: string; column: string; type: string };
  'measure-incomplete': { name: string; missing: string };
  'filter-invalid': { name: string; reason: string };
  'query-failed': { reason: string; sql: string };
  'tables-not-joined': { tables: string };
  'query-invalid': { name: string; reason: string; at: number | null; line: number | null };
  'query-circular': { name: string; path: string };
  'query-source-missing': { name: string; lacks: string };
  'table-taken': { name: string };
  'query-cancelled': Record<never, never>;
  'memory-exhausted': { limit: string };
  'design-unreadable': { path: string; reason: string };
  'design-not-yaml': { path: string; line: number; reason: string };
  'design-invalid': { path: string; where: string; reason: string };
  'design-newer': { path: string; version: string; supported: string };
  'design-source-moved': { path: string; source: string };
  'target-unknown': { target: string; known: string };
  'folder-not-empty': { path: string };
  'folder-not-writable': { path: string; reason: string };
  'engine-restarted': { reason: string };
}
export type ProblemCode = keyof ProblemParameters;
export type Problem = {
  [C in ProblemCode]: {
    readonly code: C;
    readonly about: ProblemParameters[C];
    /** An error stops the thing it is about; a warning does not. */
    readonly severity: 'error' | 'warning';
  };
}[ProblemCode];

/** Make a problem. Severity is 'error' unless said. */
export function problem<C extends ProblemCode>(
  code: C,
  about: ProblemParameters[C],
  severity: Problem['severity'] = 'error',
): Problem {
  return { code, about, severity } as Problem;
}

const seen = (evidence: string) => (evidence === '' ? '' : ` (${evidence})`);

type Words = { [C in ProblemCode]: (about: ProblemParameters[C]) => string };

const wording: Words = {
  'source-missing': (a) => `There is no file at ${a.path}`,
  'source-unreadable': (a) => `Could not read ${a.path}: ${a.reason}`,
  'source-is-directory': (a) => `${a.path} is a folder, not a file`,
  'source-not-a-file': (a) => `${a.path} is not a regular file`,
  'source-empty': (a) => `${a.path} is empty: it holds no header and no rows`,
  'source-binary': (a) => `${a.path} is not text and not Parquet`,
  'source-format-unknown': (a) => `${a.path} is of a kind Assay does not read`,
  'source-broken': (a) => `${a.path} could not be read: ${a.reason}`,
  'source-changed': (a) => `${a.path} has changed since ${a.table} was read`,
  'source-gone': (a) => `The file of ${a.table} is no longer at ${a.path}`,
  'source-limit': (a) => `${a.path} is beyond what can be read here: ${a.reason}`,
  'part-missing': (a) => `${a.path} holds no ${a.kind} named “${a.part}”`,
  'range-invalid': (a) => `“${a.range}” is no range of cells: ${a.reason}`,
  'table-missing': (a) => `No table named “${a.table}” is open`,
  'column-missing': (a) => `${a.used} uses the column “${a.column}”, which ${a.table} does not have`,
  'member-missing': (a) => `${a.used} uses {${a.member}}, which ${a.table} does not define`,
  'name-invalid': (a) => `“${a.name}” cannot be the name of a ${a.used}`,
  'name-duplicate': (a) => `${a.table} has two members named “${a.name}”`,
  'name-empty': (a) => `A ${a.kind} of ${a.table} has no name`,
  'expression-empty': (a) => `${a.name} has no expression`,
  'expression-invalid': (a) => `The expression of ${a.name} cannot be read: ${a.reason}`,
  'expression-no-column': (a) => `The expression of ${a.name} names no column and no measure`,
  'expression-not-aggregate': (a) => `The expression of ${a.name} does not aggregate`,
  'expression-aggregate': (a) =>
    `The expression of ${a.name} aggregates, and a dimension has one value per row`,
  'expression-unsafe': (a) => `The expression of ${a.name} holds ${a.what}`,
  'expression-circular': (a) => `${a.name} is defined by itself: ${a.path}`,
  'key-missing': (a) => `${a.table} takes part in a join and has no primary key`,
  'join-unfit': (a) => `These columns cannot be joined: ${a.reason}`,
  'division-by-zero': (a) => `${a.name} divides by zero on the loaded data`,
  'measure-of-identifier': (a) =>
    `${a.name} aggregates ${a.column}, which reads as an identifier${seen(a.evidence)}; a sum or an average of it means nothing`,
  'measure-adds-ratios': (a) =>
    `${a.name} adds up ${a.column}, which reads as a rate, a share or a level${seen(a.evidence)}; its sum means nothing`,
  'measure-averages-ratios': (a) =>
    `${a.name} averages ${a.column}, which reads as a rate or a share${seen(a.evidence)}; each row weighs the same, whatever it stands for`,
  'measure-adds-stock': (a) =>
    `${a.name} adds ${a.column} over ${a.time}; it reads as a level at a moment, which adds up over everything but time`,
  'units-mixed': (a) => `${a.name} adds ${a.column} over rows of different ${a.unit}`,
  'denominator-unsound': (a) =>
    `${a.name} divides by ${a.denominator}, which is ${a.value} on the loaded data`,
  'member-constant': (a) => `${a.name} has one value only: ${a.value}`,
  'member-empty': (a) => `No row of ${a.table} meets the condition of ${a.name} (of ${a.rows})`,
  'member-duplicate': (a) => `${a.name} says the same as ${a.other}`,
  'aggregation-unfit': (a) => `${a.name} cannot take the ${a.aggregation} of ${a.column}, which is ${a.type}`,
  'measure-incomplete': (a) => `${a.name} still lacks its ${a.missing}`,
  'filter-invalid': (a) => `The filter of ${a.name} cannot be read: ${a.reason}`,
  'query-failed': (a) => `The query failed: ${a.reason}`,
  'tables-not-joined': (a) => `No joins lead between ${a.tables}`,
  'query-invalid': (a) =>
    `The query${a.name === '' ? '' : ` of ${a.name}`} cannot be run: ${a.reason}${a.line === null ? '' : ` (line ${a.line})`}`,
  'query-circular': (a) => `${a.name} is made from itself: ${a.path}`,
  'query-source-missing': (a) =>
    `${a.name === '' ? 'The query' : a.name} reads “${a.lacks}”, and no table of that name is open`,
  'table-taken': (a) => `A table named “${a.name}” is open already`,
  'query-cancelled': () => 'Cancelled',
  'memory-exhausted': (a) => `The query needs more than the ${a.limit} of memory the engine may use`,
  'design-unreadable': (a) => `Could not read the design ${a.path}: ${a.reason}`,
  'design-not-yaml': (a) => `${a.path} is not YAML, line ${a.line}: ${a.reason}`,
  'design-invalid': (a) => `${a.path} is not a design Assay can open: ${a.where} ${a.reason}`,
  'design-newer': (a) =>
    `${a.path} was saved by a newer Assay (design version ${a.version}; this one reads up to ${a.supported})`,
  'design-source-moved': (a) => `The design names ${a.path} for ${a.source}, and there is no such file`,
  'target-unknown': (a) => `There is no target named “${a.target}”`,
  'folder-not-empty': (a) => `${a.path} already holds files that this export did not write`,
  'folder-not-writable': (a) => `Could not write to ${a.path}: ${a.reason}`,
  'engine-restarted': (a) => `The engine stopped and was started again: ${a.reason}`,
};

const remedies: Words = {
  'source-missing': () => 'Check the path, or open the file from where it is now.',
  'source-unreadable': () => 'Check that you may read it and that no other program holds it.',
  'source-is-directory': () => 'Choose a file in it.',
  'source-not-a-file': () => 'Copy its content to a file and open that.',
  'source-empty': () => 'Export the file again from where it came from.',
  'source-binary': () =>
    'Open a text, Parquet, JSON, Excel or DuckDB file, or one of these in gzip, Zstandard or zip.',
  'source-format-unknown': () => 'Open a text file such as CSV or TSV for this.',
  'source-broken': () => 'Get a fresh copy of the file; it is probably cut off or damaged.',
  'source-changed': () => 'Reload it to see the new content.',
  'source-gone': () => 'Put it back, or point the source to where it is now. What was read stays.',
  'source-limit': () => 'Split the file or keep fewer columns.',
  'part-missing': (a) => `Choose another ${a.kind} of it.`,
  'range-invalid': () =>
    'Write its first and its last cell, such as B3:F200; or columns, B:F; or rows, 3:200.',
  'table-missing': () => 'Open its source, or change what uses it.',
  'column-missing': () => 'Choose another column, or reload the source that should have it.',
  'member-missing': () => 'Correct the name, or define the member first.',
  'name-invalid': () => 'Start with a letter and use letters, digits and underscores only.',
  'name-duplicate': () => 'Give one of them another name.',
  'name-empty': () => 'Type a name.',
  'expression-empty': () => 'Type an expression, or choose another aggregation.',
  'expression-invalid': () => 'Correct the expression at the marked place.',
  'expression-no-column': () => 'Use at least one column, or {measure} in braces.',
  'expression-not-aggregate': () =>
    'Wrap it in an aggregate such as sum(…) or count(…), or make it a dimension.',
  'expression-aggregate': () => 'Make it a measure instead.',
  'expression-unsafe': () => 'Keep to one expression over the columns of its table.',
  'expression-circular': () => 'Break the circle by writing one of them out over columns.',
  'key-missing': () => 'Mark the dimension that identifies a row as primary key.',
  'join-unfit': () => 'Choose columns that pair, or compare them as numbers or as texts.',
  'division-by-zero': () => 'Wrap the denominator: nullif(…, 0).',
  'measure-of-identifier': () => 'Count it, or count it distinct.',
  'measure-adds-ratios': () => 'Average it, or compute it anew as a ratio of two sums.',
  'measure-averages-ratios': () =>
    'Make it a ratio of two sums, so that large rows weigh more than small ones.',
  'measure-adds-stock': (a) => `Take it at one moment: filter ${a.time}, or use its maximum or average.`,
  'units-mixed': (a) => `Filter one ${a.unit}, or bring the amounts to one before they are added.`,
  'denominator-unsound': (a) =>
    `Look at ${a.denominator}: a ratio to nothing or to less than nothing says nothing.`,
  'member-constant': () => 'Leave it out, or hide it: it splits nothing.',
  'member-empty': () => 'Check the spelling of its values; the values of a column are in its profile.',
  'member-duplicate': (a) => `Remove one, or use ${a.other} in its place.`,
  'aggregation-unfit': () => 'Choose another aggregation, or another column.',
  'measure-incomplete': () => 'Fill it in; until then the measure has no value.',
  'filter-invalid': () => 'Correct the filter: it is a condition over the columns of the table.',
  'tables-not-joined': () =>
    'Join them in the model, or through a table that both have a key of; or ask for members of one of them only.',
  'query-failed': () => 'Change what the query is made from; the SQL is in the details.',
  'query-invalid': () => 'Correct the query: it is one SELECT over the open tables.',
  'query-circular': () => 'Take one of these tables out of the query of another.',
  'query-source-missing': (a) => `Open ${a.lacks} again, or change the query.`,
  'table-taken': () => 'Choose another name.',
  'query-cancelled': () => 'Start it again when you want it.',
  'memory-exhausted': () => 'Use fewer columns or a filter, or raise the memory limit in Settings.',
  'design-unreadable': () => 'Check that you may read the file.',
  'design-not-yaml': () => 'Correct the line in a text editor, or open an older copy.',
  'design-invalid': () => 'Correct the entry in a text editor, or open an older copy.',
  'design-newer': () => 'Install the newer Assay. The file was left as it is.',
  'design-source-moved': () => 'Point the source to where the file is now.',
  'target-unknown': (a) => `Choose one of: ${a.known}.`,
  'folder-not-empty': () => 'Choose an empty folder, or confirm that these files may be replaced.',
  'folder-not-writable': () => 'Choose a folder that you may write to, with space left.',
  'engine-restarted': () => 'Your design is intact and the sources are open again; repeat what was running.',
};

/** What went wrong, in a sentence without a full stop. */
export function words<C extends ProblemCode>(p: Problem & { code: C }): string {
  return (wording[p.code] as (about: unknown) => string)(p.about);
}

/** What to do about it, in a sentence. */
export function remedy<C extends ProblemCode>(p: Problem & { code: C }): string {
  return (remedies[p.code] as (about: unknown) => string)(p.about);
}

/** Thrown inside the service to answer a request with a problem; never crosses a process. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(words(problem));
    this.name = 'ProblemError';
  }
}
