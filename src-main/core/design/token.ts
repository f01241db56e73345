/**
 * Tokens of a SQL expression with {member} references. Tolerant: any text is cut into tokens that join to it again, and
 * what is not closed says so, so that a half-typed expression can be coloured, renamed in and complained about.
 */

export type TokenKind =
  | 'space'
  | 'comment'
  | 'string'
  | 'number'
  /** A bare word: a column, a function, a keyword. */
  | 'word'
  /** A name in double quotes. */
  | 'quoted'
  /** {…} */
  | 'reference'
  | 'semicolon'
  | 'open'
  | 'close'
  | 'comma'
  | 'dot'
  /** {{, }}, {%, %}, {#, #}: marks of Jinja. */
  | 'template'
  /** ? and $1: places for values that nobody gives. */
  | 'parameter'
  | 'operator';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** 0-based offset in the text. */
  readonly at: number;
  /** False for a string, name, comment or reference that the text ends in. */
  readonly closed: boolean;
}

const word = /(?:(?!\s)[\p{L}_\u0080-\u{10ffff}])(?:(?!\s)[\p{L}\p{N}_$\u0080-\u{10ffff}])*/uy;
const number = /(?:0[xX][0-9a-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?)/y;
const space = /\s+/y;
const dollar = /\$([\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const parameter = /\?\d*|\$[\p{L}\p{N}_]+/uy;
const template = /\{\{|\}\}|\{%|%\}|\{#|#\}/y;
const operator = /::|\|\||->>|->|<=|>=|<>|!=|==|\*\*|\/\/|[^\s\p{L}\p{N}_'"(){}[\],;.]/uy;

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** The end of a part in quotes that starts at `at`; a doubled quote does not end it, nor an escaped one if `escapes`. */
function quotedEnd(text: string, at: number, escapes: boolean): { end: number; closed: boolean } {
  const quote = text[at];
  let i = at + 1;
  while (i < text.length) {
    if (escapes && text[i] === '\\') i += 2;
    else if (text[i] !== quote) i += 1;
    else if (text[i + 1] === quote) i += 2;
    else return { end: i + 1, closed: true };
  }
  return { end: text.length, closed: false };
}

/** Comments in slashes nest in DuckDB. */
function commentEnd(text: string, at: number): { end: number; closed: boolean } {
  if (text.startsWith('--', at)) {
    const line = text.indexOf('\n', at);
    return { end: line < 0 ? text.length : line, closed: true };
  }
  let depth = 0;
  for (let i = at; i < text.length; ) {
    if (text.startsWith('/*', i)) {
      depth += 1;
      i += 2;
    } else if (text.startsWith('*/', i)) {
      depth -= 1;
      i += 2;
      if (depth === 0) return { end: i, closed: true };
    } else i += 1;
  }
  return { end: text.length, closed: false };
}

function next(text: string, at: number): { kind: TokenKind; end: number; closed: boolean } {
  const done = (kind: TokenKind, length: number) => ({ kind, end: at + length, closed: true });
  const char = text[at] ?? '';
  const blank = matchAt(space, text, at);
  if (blank) return done('space', blank.length);
  if (text.startsWith('--', at) || text.startsWith('/*', at)) {
    return { kind: 'comment', ...commentEnd(text, at) };
  }
  if (char === "'") return { kind: 'string', ...quotedEnd(text, at, false) };
  if ((char === 'e' || char === 'E') && text[at + 1] === "'") {
    return { kind: 'string', ...quotedEnd(text, at + 1, true) };
  }
  if (char === '"') return { kind: 'quoted', ...quotedEnd(text, at, false) };
  if (char === '$') {
    const mark = matchAt(dollar, text, at);
    if (mark) {
      const end = text.indexOf(mark, at + mark.length);
      return end < 0
        ? { kind: 'string', end: text.length, closed: false }
        : { kind: 'string', end: end + mark.length, closed: true };
    }
  }
  const jinja = matchAt(template, text, at);
  if (jinja) return done('template', jinja.length);
  if (char === '{') {
    const end = text.slice(at + 1).search(/[{}\r\n]/) + at + 1;
    return end > at && text[end] === '}'
      ? done('reference', end + 1 - at)
      : { kind: 'reference', end: end > at ? end : text.length, closed: false };
  }
  const plain: Readonly<Record<string, TokenKind>> = {
    ';': 'semicolon',
    '(': 'open',
    '[': 'open',
    ')': 'close',
    ']': 'close',
    ',': 'comma',
  };
  const kind = plain[char];
  if (kind) return done(kind, 1);
  const digits = matchAt(number, text, at);
  if (digits) return done('number', digits.length);
  if (char === '.') return done('dot', 1);
  const letters = matchAt(word, text, at);
  if (letters) return done('word', letters.length);
  const place = matchAt(parameter, text, at);
  if (place) return done('parameter', place.length);
  return done('operator', matchAt(operator, text, at).length || 1);
}

/** Cut a text into tokens; joined, they are the text. Never throws. */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const { kind, end, closed } = next(text, at);
    found.push({ kind, text: text.slice(at, end), at, closed });
    at = end;
  }
  return found;
}

/** The name that a token in double quotes stands for. */
export function unquoted(token: Token): string {
  return token.text.slice(1, token.closed ? -1 : undefined).replaceAll('""', '"');
}

/** Tokens without spaces and comments: what the meaning rests on. */
export function meaningful(text: string): readonly Token[] {
  return tokens(text).filter((t) => t.kind !== 'space' && t.kind !== 'comment');
}
