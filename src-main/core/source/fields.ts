/**
 * The fields of one record, for a header that was read as a line.
 */

/** The fields of one record, quotes taken off, blanks kept. */
export function fieldsOf(record: string, delimiter: string, quote: string): string[] {
  const fields: string[] = [];
  let field = '';
  let i = 0;
  while (i <= record.length) {
    if (quote !== '' && field === '' && record[i] === quote) {
      i++;
      while (i < record.length) {
        if (record[i] === quote) {
          if (record[i + 1] !== quote) break;
          i++;
        }
        field += record[i++];
      }
      i++;
    } else if (i === record.length || record.startsWith(delimiter, i)) {
      fields.push(field);
      field = '';
      i += delimiter.length;
      if (i > record.length || delimiter === '') break;
    } else {
      field += record[i++];
    }
  }
  return fields;
}
