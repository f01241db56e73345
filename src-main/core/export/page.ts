/**
 * A page: the text of one exported file, built line by line, which remembers where each member starts.
 */
import type { MemberRef } from '../design/design';
import type { SpecFile } from './target';

type About = MemberRef | { readonly table: string };

export interface Page {
  /** Add a line; `about` starts there. Line breaks in the text would break the count and are refused. */
  line(text?: string, about?: About): void;
  /** The finished file; it ends with a line break. */
  file(path: string, language: SpecFile['language']): SpecFile;
}

export function newPage(): Page {
  const text: string[] = [];
  const lines: { line: number; about: About }[] = [];
  return {
    line(words = '', about) {
      if (words.includes('\n')) throw new RangeError(`more than one line: ${words}`);
      text.push(words);
      if (about) lines.push({ line: text.length, about });
    },
    file: (path, language) => ({ path, text: `${text.join('\n')}\n`, language, lines: [...lines] }),
  };
}

/** Any text as one line: breaks and control characters become spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** A YAML string in double quotes that every reader of YAML 1.1 and 1.2 takes for the same text. */
export function yamlString(text: string): string {
  const escaped = (c: string) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    escaped,
  );
}
