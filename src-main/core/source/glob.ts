/**
 * Patterns for paths: `*` any characters within a name, `**` any folders, `?` one character, `[a-z]` and `[!a-z]` one of
 * some. Nothing else is special, so a path without these marks is no pattern.
 */

/** Whether a path holds a mark of a pattern. */
export function isPattern(path: string): boolean {
  return /[*?]|\[[^/]*\]/.test(path);
}

/**
 * The folder below which a pattern can match, without marks: `/data/a*` → `/data`, `data/**` → `data`, `*.csv` → ``.
 * @param pattern With `/` between names.
 */
export function rootOf(pattern: string): string {
  const names = pattern.split('/');
  const marked = names.findIndex(isPattern);
  const root = names.slice(0, marked < 0 ? -1 : marked).join('/');
  return root === '' && pattern.startsWith('/') ? '/' : root;
}

/** Folders below its root that a pattern can go down; Infinity with `**`. */
export function depthOf(pattern: string): number {
  const names = pattern.split('/');
  const marked = names.findIndex(isPattern);
  return names.includes('**')
    ? Number.POSITIVE_INFINITY
    : names.length - 1 - (marked < 0 ? names.length - 1 : marked);
}

/**
 * What matches a pattern, the whole path from start to end. Names that start with a dot only match a name in the pattern
 * that does so too. Case matters.
 */
export function matcher(pattern: string): (path: string) => boolean {
  const names = pattern.split('/');
  const source = names
    .map((name, i) => {
      const last = i === names.length - 1;
      if (name === '**') return last ? '(?:(?!\\.)[^/]+/)*(?!\\.)[^/]+' : '(?:(?!\\.)[^/]+/)*';
      return `${/^[*?[]/.test(name) ? '(?!\\.)' : ''}${nameSource(name)}${last ? '' : '/'}`;
    })
    .join('');
  const expression = new RegExp(`^${source}$`, 'su');
  return (path) => expression.test(path);
}

function nameSource(name: string): string {
  let source = '';
  for (let i = 0; i < name.length; i++) {
    const c = name[i]!;
    if (c === '*') {
      // Several stars in a row say no more than one, and would cost much more.
      if (name[i - 1] !== '*') source += '[^/]*';
    } else if (c === '?') source += '[^/]';
    else if (c === '[') {
      const end = name.indexOf(']', i + 2);
      if (end < 0) source += '\\[';
      else {
        const inside = name.slice(i + 1, end);
        const not = /^[!^]/.test(inside);
        source += setSource(not ? inside.slice(1) : inside, not);
        i = end;
      }
    } else source += c === '-' ? c : escaped(c);
  }
  return source;
}

function setSource(inside: string, not: boolean): string {
  let set = '';
  for (let i = 0; i < inside.length; i++) {
    const from = inside[i]!;
    const to = inside[i + 1] === '-' ? inside[i + 2] : undefined;
    if (to !== undefined && from <= to) {
      set += `${escaped(from)}-${escaped(to)}`;
      i += 2;
    } else set += escaped(from);
  }
  return set === '' ? (not ? '[^/]' : '(?!)') : `(?!/)[${not ? '^' : ''}${set}]`;
}

function escaped(c: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(c) ? `\\${c}` : c;
}
