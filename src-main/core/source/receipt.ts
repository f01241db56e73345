/**
 * What was read from where, and how it went: a source, its dialect, its receipt, and what is suspicious about the reading.
 */

/** `csv` is any delimited text; `json` is JSON and JSON lines; `xlsx` one sheet of a workbook; `duckdb` one table of a database. */
export type FileFormat = 'csv' | 'parquet' | 'json' | 'xlsx' | 'duckdb';

/** `query` is no file, but what a query over other tables answers. */
export type Format = FileFormat | 'query';

/** What a column is read as. `whole` is a whole number, `number` any. */
export type ReadAs = 'text' | 'whole' | 'number' | 'date' | 'timestamp' | 'time' | 'boolean';

/**
 * How the values of one column are spelt, when that is not what the reader takes for granted. Values that do not fit are
 * null and are counted; their text stays in the receipt.
 */
export interface ColumnReading {
  readonly column: string;
  readonly as: ReadAs;
  /** Of dates and times: strptime formats, tried in order. Two-digit years follow POSIX: 69–99 are 19xx, 00–68 are 20xx. */
  readonly formats?: readonly string[];
  /** Of numbers; default `.`. */
  readonly decimal?: string;
  /** The thousands mark that is taken out of numbers; default none. */
  readonly grouping?: string;
  /** A currency sign or code that is taken off numbers, `$` or `EUR`; default none. Parentheses then mean negative. */
  readonly currency?: string;
  /** Whether a percent sign is taken off; the number stays as written, 12% is 12. */
  readonly percent?: boolean;
  /** Of booleans: the words for true and for false, in any case. */
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
  /** Words that mean missing in this column, apart from the null words of the dialect. */
  readonly nulls?: readonly string[];
}

/** A change to how a column is read that the whole column speaks for; applied only when the user accepts it. */
export interface Proposal {
  /** The warning it answers. */
  readonly code: WarningCode;
  readonly reading: ColumnReading;
  /** What is proposed, in a sentence: `Read as a date, month first, two- and four-digit years`. */
  readonly words: string;
  /** Values that are filled and are not null words. */
  readonly filled: number;
  /** Values that the reading converts. */
  readonly fits: number;
  /** The commonest values that speak against it, at most 10. */
  readonly against: readonly { readonly value: string; readonly count: number }[];
  /** Values as they are spelt and as they would be read, at most 5. */
  readonly examples: readonly { readonly from: string; readonly to: string }[];
  /** Values that cannot be told apart under another reading, such as 03/04/2014; 0 if the proof is complete. */
  readonly ambiguous: number;
  /** Other readings that fit as many values: the user is asked. */
  readonly alternatives: readonly ColumnReading[];
}

/** How a text file is written. Characters are themselves; '' means there is none. */
export interface Dialect {
  /** One or several characters; `' +'` means any run of blanks. */
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly header: boolean;
  /** Records that together make the header, joined by blanks; 0 if there is none. */
  readonly headerRows: number;
  /** Physical lines before the header (or the first record) that are not read. */
  readonly skip: number;
  /** Physical lines at the end that are not read: totals, notes, another table. */
  readonly footer: number;
  /** What starts a line that is not read; '' if there is none. */
  readonly comment: string;
  /** Escaped, as a reader would type it: `\n`, `\r\n`, `\r`. */
  readonly newline: string;
  readonly encoding: string;
  /** strptime format that one date column made DuckDB choose; null if it is ISO or there is none. */
  readonly dateFormat: string | null;
  readonly timestampFormat: string | null;
  readonly nulls: readonly string[];
  readonly decimal: string;
  /** Columns whose spelling was told; the others are detected. */
  readonly columns?: readonly ColumnReading[];
}

/** Where in a container a table stands. */
export interface Part {
  /** Of a workbook. */
  readonly sheet?: string;
  /** Cells of the sheet, `B3:F40`; all that are filled unless given. */
  readonly range?: string;
  /** Of a database: `schema.table`. Of an archive: the entry's path. */
  readonly entry?: string;
}

/** A difference between files that are read as one table. */
export interface SchemaDifference {
  readonly path: string;
  readonly column: string;
  /** What the file has instead; null if the column is not in it. */
  readonly type: string | null;
  /** What the table has. */
  readonly expected: string;
}

/** How a derived table was made. */
export interface Made {
  /** One SELECT over other tables. */
  readonly query: string;
  /** The tables it reads. */
  readonly reads: readonly string[];
  /** The same as long as the query and what it reads are, and so the rows. */
  readonly key: string;
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

export interface Source {
  /** Absolute in memory; relative to the design in its file. '' if there is no file. */
  readonly path: string;
  readonly format: Format;
  readonly bytes: number;
  /** Modification time in milliseconds since 1970, to notice a change; with `bytes` it is the cheap fingerprint. */
  readonly modified: number;
  /** Of text only. */
  readonly dialect?: Dialect;
  readonly part?: Part;
  /** How many sheets, files or tables the file holds, of which this is one; absent if it is the only one. */
  readonly parts?: number;
  /** The files that a folder or a pattern stood for; absent for one file. `bytes` is their sum, `modified` their latest. */
  readonly files?: readonly { readonly path: string; readonly bytes: number; readonly modified: number }[];
  readonly differences?: readonly SchemaDifference[];
  /** Of a derived table: `modified` is when it was made, `bytes` is 0. */
  readonly made?: Made;
}

/** One record that could not be loaded. */
export interface Reject {
  /** 1-based physical line where the record starts. */
  readonly line: number;
  /** 0-based offset of that line in the file. */
  readonly byte: number;
  readonly column: string | null;
  readonly reason: string;
  /** The raw text, cut at 2,000 characters. */
  readonly text: string;
}

/** A record that did not fit its columns and was put right; the user is asked to look. */
export interface Mend {
  readonly line: number;
  readonly byte: number;
  /** What was wrong and what was done, in a sentence. */
  readonly reason: string;
  /** The raw text, cut at 2,000 characters. */
  readonly text: string;
  /** The cells it was read as. */
  readonly cells: readonly string[];
}

/** Consecutive physical lines that hold something and are no records of the table. */
export interface Skip {
  readonly line: number;
  readonly byte: number;
  readonly lines: number;
  readonly reason: string;
  /** The raw text of the first of them, cut at 2,000 characters. */
  readonly text: string;
}

/** A value that could not be read as its column asks; it is null in the table. */
export interface Misfit {
  readonly column: string;
  /** Cut at 2,000 characters. */
  readonly value: string;
  readonly count: number;
  readonly reason: string;
}

/** How many entries of each kind a reading has. */
export interface EntryCounts {
  readonly rejected: number;
  readonly mended: number;
  /** Stretches, not lines. */
  readonly skipped: number;
  /** Values that are spelt differently, by column. */
  readonly misfit: number;
  /** Values that are null because they did not fit. */
  readonly values: number;
}

/**
 * The conservation law of a reading: records = loaded + rejected + skipped. `records` is counted apart from the
 * reader; a header line is not a record. For Parquet it is the sum of the row groups in the footer.
 */
export interface Receipt {
  readonly records: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly skipped: number;
  /** At most the first 1,000. */
  readonly rejects: readonly Reject[];
  /** Loaded records that were put right, among `loaded`. */
  readonly mended: number;
  /** At most the first 1,000. */
  readonly mends: readonly Mend[];
  /** At most the first 1,000. */
  readonly skips: readonly Skip[];
  /** Values that are null because they did not fit, at most the first 1,000, commonest first. */
  readonly misfits: readonly Misfit[];
  /** How many there are, if they are more than the lists hold; all of them are asked for by `receipt:entries`. */
  readonly entries?: EntryCounts;
}

/** Something about a reading that looks wrong but was not an error. */
export interface Warning {
  readonly code: WarningCode;
  readonly column?: string;
  readonly message: string;
  readonly remedy: string;
  /** The query whose rows speak for the warning, if there is one. */
  readonly sql?: string;
}

export type WarningCode =
  | 'records-lost'
  | 'rows-rejected'
  | 'lines-skipped'
  | 'single-column'
  | 'no-rows'
  | 'column-name-empty'
  | 'column-name-duplicate'
  | 'column-name-blanks'
  | 'money-as-text'
  | 'number-as-text'
  | 'date-as-text'
  | 'date-mixed'
  | 'date-suspicious'
  | 'date-order'
  | 'boolean-as-text'
  | 'percent-as-text'
  | 'leading-zeros'
  | 'null-words'
  | 'values-lost'
  | 'encoding-damage'
  | 'encoding-guess'
  | 'dialect-guess'
  | 'header-guess'
  | 'rows-mended'
  | 'tables-several'
  | 'nul-bytes'
  | 'quotes-unclosed'
  | 'files-differ'
  | 'reading-remembered'
  | 'type-guess';

/**
 * Another way to read the file that fits as well or nearly: the user is asked. `dialect` holds only what differs.
 */
export interface Candidate {
  readonly dialect: Partial<Dialect>;
  /** What it is, in a few words: `semicolons, no header`. */
  readonly words: string;
  /** 0…1, higher is better; the chosen reading's is 1. */
  readonly score: number;
  readonly columns: readonly string[];
  /** Cells of the first records. */
  readonly rows: readonly (readonly string[])[];
}

/** What became of a line of the file. */
export type LineRole =
  | 'skipped'
  | 'header'
  | 'record'
  | 'mended'
  | 'rejected'
  | 'comment'
  | 'blank'
  | 'footer';

/** One record of the file, or one line that is none, for the eye. */
export interface PreviewLine {
  /** 1-based. */
  readonly line: number;
  readonly byte: number;
  readonly role: LineRole;
  /** Raw, cut at 2,000 characters. */
  readonly text: string;
  /** Of header, record and mended: the cells as read. */
  readonly cells: readonly string[];
  /** Why it was skipped, mended or rejected; '' otherwise. */
  readonly reason: string;
}

/** A reading before it is made: what the file looks like under a dialect. */
export interface Preview {
  readonly path: string;
  readonly format: Format;
  /** What of a container it shows; absent if the file is none. */
  readonly part?: Part;
  readonly bytes: number;
  /** As it would be read: what was given, the rest detected. */
  readonly dialect: Dialect;
  /** What detection says with nothing given. */
  readonly detected: Dialect;
  /** Best first, without the one in use; empty if there is no doubt. */
  readonly candidates: readonly Candidate[];
  /** From the top, at most 500, then around each mended, rejected or skipped line; in order. */
  readonly lines: readonly PreviewLine[];
  readonly columns: readonly {
    readonly name: string;
    /** DuckDB's type, and how it is read if that was told. */
    readonly type: string;
    readonly reading: ColumnReading | null;
  }[];
  readonly proposals: readonly Proposal[];
  readonly receipt: Receipt;
  readonly warnings: readonly Warning[];
  /** Bytes that were looked at; less than `bytes` for large files, and then the balance is that of this part. */
  readonly seen: number;
  /** Rows that were looked at, of what is no text, if there are more. */
  readonly seenRows?: number;
}
