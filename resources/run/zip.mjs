/**
 * Reading a zip archive with nothing but Node, so that a machine without `unzip` can unpack one.
 *
 * Covers what the runtime archive needs: stored and deflated entries, Unix modes, symbolic links.
 * Encrypted archives and zip64 are refused.
 */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;

/**
 * @typedef {object} ZipEntry
 * @property {string} name Path inside the archive, with forward slashes; ends with one if it is a folder.
 * @property {number} mode Permission bits such as 0o755; 0 if the archive does not say.
 * @property {boolean} link Whether it is a symbolic link, its content being the target.
 * @property {number} size Size of the content in bytes.
 * @property {() => Buffer} read Unpacks the content. Throws if its size or checksum is not as recorded.
 */

/**
 * List the entries of an archive, in the order of its directory.
 *
 * @param {Buffer} archive The whole file.
 * @returns {ZipEntry[]}
 * @throws {Error} If the bytes are no zip archive, are cut short, or use zip64 or encryption.
 */
export function readZip(archive) {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff) throw new Error('zip64 archives cannot be read');
  /** @type {ZipEntry[]} */
  const entries = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== DIRECTORY_ENTRY) {
      throw new Error(`the zip directory is damaged at entry ${i + 1} of ${count}`);
    }
    const nameLength = archive.readUInt16LE(at + 28);
    const attributes = archive.readUInt32LE(at + 38) >>> 16;
    const packed = {
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      encrypted: (archive.readUInt16LE(at + 8) & 1) === 1,
      method: archive.readUInt16LE(at + 10),
      checksum: archive.readUInt32LE(at + 16),
      packedSize: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      start: archive.readUInt32LE(at + 42),
    };
    entries.push({
      name: packed.name,
      mode: attributes & 0o7777,
      link: (attributes & 0o170000) === 0o120000,
      size: packed.size,
      read: () => unpack(archive, packed),
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * Write entries below a folder, keeping permissions and links. Folders are made as needed.
 *
 * @param {Iterable<ZipEntry>} entries
 * @param {string} folder Where to write.
 * @param {(name: string) => string | undefined} [place] The path to write an entry to, relative to the
 *  folder; undefined leaves the entry out. By default its own name.
 * @returns {Record<string, number>} The files written, by relative path, with their sizes in bytes; links are left out.
 * @throws {Error} If an entry would land outside the folder, or its content is damaged.
 */
export function unpackZip(entries, folder, place = (name) => name) {
  /** @type {Record<string, number>} */
  const written = {};
  for (const entry of entries) {
    const relative = place(entry.name);
    if (relative === undefined || relative === '') continue;
    const target = path.resolve(folder, relative);
    if (!target.startsWith(path.resolve(folder) + path.sep)) {
      throw new Error(`the archive holds a path outside its folder: ${entry.name}`);
    }
    if (entry.name.endsWith('/')) {
      mkdirSync(target, { recursive: true });
      continue;
    }
    mkdirSync(path.dirname(target), { recursive: true });
    if (entry.link) {
      symlinkSync(entry.read().toString('utf8'), target);
      continue;
    }
    writeFileSync(target, entry.read());
    if (entry.mode) chmodSync(target, entry.mode & 0o777);
    written[relative] = entry.size;
  }
  return written;
}

/** @param {Buffer} archive */
function findEnd(archive) {
  const earliest = Math.max(0, archive.length - 22 - 0xffff);
  for (let at = archive.length - 22; at >= earliest; at--) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error('not a zip archive, or cut short: its directory was not found');
}

/**
 * @param {Buffer} archive
 * @param {{ name: string, encrypted: boolean, method: number, checksum: number, packedSize: number, size: number, start: number }} entry
 */
function unpack(archive, entry) {
  if (entry.encrypted) throw new Error(`${entry.name} is encrypted`);
  if (entry.start + 30 > archive.length || archive.readUInt32LE(entry.start) !== LOCAL_HEADER) {
    throw new Error(`the zip archive is damaged at ${entry.name}`);
  }
  const from =
    entry.start + 30 + archive.readUInt16LE(entry.start + 26) + archive.readUInt16LE(entry.start + 28);
  const packed = archive.subarray(from, from + entry.packedSize);
  const content = entry.method === 0 ? packed : entry.method === 8 ? inflateRawSync(packed) : undefined;
  if (content === undefined) throw new Error(`${entry.name} is packed in an unknown way (${entry.method})`);
  if (content.length !== entry.size || crc32(content) !== entry.checksum) {
    throw new Error(`${entry.name} is damaged: its size or checksum is not as recorded`);
  }
  return content;
}
