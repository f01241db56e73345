/**
 * The SQL that every room writes: quoting, and nothing else that depends on data.
 */

/** An identifier in double quotes. Any text is a legal identifier once quoted. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string literal in single quotes; an expression where the text holds NUL, at which a statement would end. */
export function literal(text: string): string {
  const quoted = (part: string) => `'${part.replaceAll("'", "''")}'`;
  return text.includes('\0') ? `(${text.split('\0').map(quoted).join(' || chr(0) || ')})` : quoted(text);
}

/** A value as a literal: numbers bare where they are finite, everything else as text. */
export function value(cell: string | number | boolean | null): string {
  if (cell === null) return 'NULL';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (typeof cell === 'number') {
    return Number.isFinite(cell)
      ? String(cell)
      : `${literal(cell > 0 ? 'Infinity' : cell < 0 ? '-Infinity' : 'NaN')}::DOUBLE`;
  }
  return literal(cell);
}

/** A double that reads back as the very same one; a bare number would be read as a decimal first. */
export function double(x: number): string {
  return `${literal(String(x))}::DOUBLE`;
}

/** A name that none of these is, in any case: the wished one, or that with underscores behind it. */
export function freeOf(taken: readonly string[], wished: string): string {
  const lower = new Set(taken.map((name) => name.toLowerCase()));
  let name = wished;
  while (lower.has(name.toLowerCase())) name += '_';
  return name;
}
