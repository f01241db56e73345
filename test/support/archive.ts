/**
 * Archives written by tests, byte by byte.
 */
import { crc32 as nodeCrc } from 'node:zlib';

function crc32(bytes: Buffer): number {
  if (typeof nodeCrc === 'function') return nodeCrc(bytes);
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

/** A zip whose files are stored as they are. @param options `encrypted` only marks the files as protected; they must hold 12 bytes or more. */
export function zipOf(
  files: Readonly<Record<string, string | Buffer>>,
  options: { readonly encrypted?: boolean } = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const flags = 0x0800 | (options.encrypted ? 1 : 0);
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content as string);
    const title = Buffer.from(name);
    const facts = Buffer.alloc(22);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(flags, 2);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(bytes.length, 14);
    // A protected file is twelve bytes longer than what it holds.
    facts.writeUInt32LE(bytes.length - (options.encrypted ? 12 : 0), 18);
    const names = Buffer.alloc(4);
    names.writeUInt16LE(title.length, 0);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, names, title, bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, names, rest, title]));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}

/** A Zstandard frame of bytes that are stored, and of runs of one byte. */
export function zstdOf(
  blocks: readonly (Buffer | { readonly byte: number; readonly times: number })[],
): Buffer {
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58])];
  for (const [i, block] of blocks.entries()) {
    const last = i === blocks.length - 1 ? 1 : 0;
    const head = Buffer.alloc(3);
    if (Buffer.isBuffer(block)) {
      head.writeUIntLE((block.length << 3) | last, 0, 3);
      parts.push(head, block);
    } else {
      head.writeUIntLE((block.times << 3) | 2 | last, 0, 3);
      parts.push(head, Buffer.from([block.byte]));
    }
  }
  return Buffer.concat(parts);
}

/** A workbook of sheets by name, each a list of rows; texts stand in their cells, null is an empty one. */
export function bookOf(
  sheets: Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>,
): Buffer {
  const names = Object.keys(sheets);
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const cell = (value: string | number | null) =>
    value === null
      ? '<c/>'
      : typeof value === 'number'
        ? `<c><v>${value}</v></c>`
        : `<c t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
  const named = names.map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i}"/>`);
  const related = names.map(
    (_, i) => `<Relationship Id="rId${i}" Type="http://x/worksheet" Target="worksheets/s${i}.xml"/>`,
  );
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${named.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${related.join('')}</Relationships>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, i) => [
        `xl/worksheets/s${i}.xml`,
        `<worksheet><sheetData>${rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`,
      ]),
    ),
  });
}
