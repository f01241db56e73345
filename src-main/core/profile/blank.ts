/**
 * Blanks in texts, as DuckDB's `trim` takes them: spaces of every kind that Unicode knows. Most values are told by their first and last
 * bytes alone, because trimming a long text costs more than all its other figures.
 */

/** Whether a text is empty or nothing but blanks of any kind; only those that begin as one are looked through. */
export function blankSql(text: string): string {
  return `CASE WHEN ${text} < '!' OR ${text} >= chr(160) THEN trim(${text}) = '' ELSE false END`;
}

/** Whether a text that is not blank begins or ends with a blank. */
export function paddedSql(text: string): string {
  const bytes = `(starts_with(${text}, ' ') OR suffix(${text}, ' ')) AND NOT ${blankSql(text)}`;
  return `CASE WHEN strlen(${text}) = length(${text}) THEN ${bytes} ELSE ${text} <> trim(${text}) AND trim(${text}) <> '' END`;
}
