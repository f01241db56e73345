/**
 * Reads a text with the pure reader alone, as the engine would: detected with no hints, then read to its end. Encodings
 * and types take no part in it.
 */
import { readFileSync } from 'node:fs';
import { Body } from '../../src-main/core/source/body';
import { detect } from '../../src-main/core/source/detect';
import type { Read, Reader } from './read';

export function readText(text: string): Read {
  const { grammar, layout, survey, others } = detect(text);
  const rows: string[][] = [];
  const body = new Body(
    {
      grammar,
      layout,
      emit: (cells) => rows.push([...cells]),
    },
    survey.lines[layout.from] ?? 1,
  );
  const repeats = new Set([...layout.repeats].map((i) => survey.starts[i] ?? -1));
  const to = layout.to < survey.starts.length ? (survey.starts[layout.to] ?? text.length) : text.length;
  if (layout.from < layout.to) body.read(text, survey.starts[layout.from] ?? 0, to, true, repeats);
  const headed = layout.headerRows > 0;
  return {
    header: headed ? layout.names : Array.from({ length: layout.width }, (_, i) => `column${i}`),
    headed,
    rows,
    asked: [
      ...layout.doubts.map((d) => d.code),
      ...(others.length > 0 ? ['candidates'] : []),
      ...(body.mended > 0 ? ['mended'] : []),
      ...(body.padded > 0 ? ['rows-padded'] : []),
      ...(body.rejected > 0 ? ['rejected'] : []),
      ...(layout.skips.length > 0 ? ['lines-skipped'] : []),
      ...(layout.repeats.size > 0 ? ['repeats'] : []),
    ],
    table: null,
  };
}

/** Of UTF-8 files. */
export async function coreReader(): Promise<Reader> {
  return {
    name: 'core',
    async readAll(path) {
      try {
        return readText(new TextDecoder().decode(readFileSync(path)));
      } catch (error) {
        return { refused: `fault: ${error instanceof Error ? error.message : String(error)}` };
      }
    },
    async close() {},
  };
}
