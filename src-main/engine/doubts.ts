/**
 * What is doubtful or damaged about the characters of a file, in words.
 */
import { ProblemError, problem } from '../core/problem';
import { canonicalEncoding } from '../core/source/encoding';
import type { Candidate, Dialect, Warning } from '../core/source/receipt';
import type { EncodingFound } from './encoding';

/**
 * The encoding that the user told, by the name it has here; undefined if none was told.
 * @throws ProblemError `source-broken` if nobody knows it.
 */
export function toldEncoding(path: string, given: Partial<Dialect>): string | undefined {
  if (given.encoding === undefined) return undefined;
  const known = canonicalEncoding(given.encoding);
  if (known === null)
    throw new ProblemError(
      problem('source-broken', { path, reason: `the encoding “${given.encoding}” is not known` }),
    );
  return known;
}

/** Other encodings in which the file can be read, for the user to choose. */
export function encodingDoubts(found: EncodingFound | null): {
  warnings: Warning[];
  candidates: Candidate[];
} {
  if (found === null || found.certain) return { warnings: [], candidates: [] };
  const others = found.alternatives.map((a) => `${a.encoding} (“${a.sample}”)`).join(', ');
  return {
    warnings: [
      {
        code: 'encoding-guess',
        message: `The file does not say its encoding and was read as ${found.encoding}${found.sample === '' ? '' : ` (“${found.sample}”)`}${others === '' ? '' : `; it could be ${others}`}`,
        remedy: 'Look at a value with accents, and choose the encoding in which it reads right.',
      },
    ],
    candidates: found.alternatives.map((a) => ({
      dialect: { encoding: a.encoding },
      words: `encoding ${a.encoding}`,
      score: a.score,
      columns: [],
      rows: [[a.sample]],
    })),
  };
}

/** What is wrong with characters although they were read. */
export function damages(found: EncodingFound | null): Warning[] {
  return (found?.damages ?? []).map(({ kind, count, firstByte }) => {
    const times = count === 1 ? 'one place' : `${count.toLocaleString('en-US')} places`;
    switch (kind) {
      case 'nul':
        return {
          code: 'nul-bytes' as const,
          message: `The file holds NUL characters in ${times}, the first at byte ${firstByte}; they were kept in the values`,
          remedy:
            'They are invisible and break comparisons: export the file again, or clean the columns that hold them.',
        };
      case 'mojibake':
        return {
          code: 'encoding-damage' as const,
          message: `Text such as “Ã©” in ${times}, the first at byte ${firstByte}, was encoded twice before it came here`,
          remedy: 'Export it again with one encoding; it was read as it stands.',
        };
      default:
        return {
          code: 'encoding-damage' as const,
          message: `Bytes in ${times}, the first at byte ${firstByte}, are no characters in ${found?.encoding}; each was read as “\ufffd”`,
          remedy: 'Choose another encoding if many values are hurt; otherwise correct them at their source.',
        };
    }
  });
}
