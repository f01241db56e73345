/**
 * What was read from where, and how it went: a source, its dialect, its receipt, and what is suspicious about the reading.
 */

export type Format = 'csv' | 'parquet';

/** How a text file is written. Characters are themselves; '' means there is none. */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly header: boolean;
  /** Physical lines before the header (or the first record) that are not read. */
  readonly skip: number;
  /** Escaped, as a reader would type it: `\n`, `\r\n`, `\r`. */
  readonly newline: string;
  readonly encoding: string;
  /** strptime format that one date column made DuckDB choose; null if it is ISO or there is none. */
  readonly dateFormat: string | null;
  readonly timestampFormat: string | null;
  readonly nulls: readonly string[];
  readonly decimal: string;
}

export interface Source {
  /** Absolute in memory; relative to the design in its file. */
  readonly path: string;
  readonly format: Format;
  readonly bytes: number;
  /** Modification time in milliseconds since 1970, to notice a change; with `bytes` it is the cheap fingerprint. */
  readonly modified: number;
  /** Absent for Parquet. */
  readonly dialect?: Dialect;
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
  | 'null-words'
  | 'encoding-damage'
  | 'type-guess';
