/**
 * Writes a text file anew in UTF-8, by streaming.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * @param encoding A label that TextDecoder knows: `utf-16le`, `utf-16be`, `windows-1252`.
 * @throws the system's error if the disk is full or the file cannot be read.
 */
export async function transcode(
  from: string,
  to: string,
  encoding: string,
  signal?: AbortSignal,
): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const recode = new Transform({
    transform(chunk: Buffer, _, done) {
      done(null, decoder.decode(chunk, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
  await pipeline(createReadStream(from), recode, createWriteStream(to, { flags: 'wx' }), { signal });
}
