/**
 * Paths as text, for POSIX and Windows alike, so that a design can be moved with its sources. Nothing is looked up.
 */

/** `C:\`, `\\server\share\` or `/`, with the rest in steps. */
interface Cut {
  /** '' if the path is relative. */
  readonly root: string;
  readonly steps: readonly string[];
  readonly windows: boolean;
}

function cut(path: string): Cut {
  const drive = /^[A-Za-z]:[\\/]/.exec(path)?.[0];
  const share = /^\\\\[^\\/]+[\\/][^\\/]+(?:[\\/]|$)/.exec(path)?.[0];
  const root = drive ?? share;
  if (root !== undefined) return { root, steps: stepsOf(path.slice(root.length), /[\\/]/), windows: true };
  const own = path.startsWith('/') ? '/' : '';
  return { root: own, steps: stepsOf(path.slice(own.length), /\//), windows: false };
}

function stepsOf(rest: string, separator: RegExp): readonly string[] {
  const steps: string[] = [];
  for (const step of rest.split(separator)) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  return steps;
}

/** Roots are the same if they name the same drive or share, whatever the slashes and the case. */
function sameRoot(a: Cut, b: Cut): boolean {
  const plain = (root: string) => root.replaceAll('/', '\\').replace(/\\$/, '').toLowerCase();
  return a.windows === b.windows && (a.windows ? plain(a.root) === plain(b.root) : a.root === b.root);
}

/** Whether a path says all by itself where it is. */
export function isAbsolute(path: string): boolean {
  return cut(path).root !== '';
}

/** The folder a file stands in; '' for a bare name. */
export function folderOf(path: string): string {
  const { root, steps, windows } = cut(path);
  return root + steps.slice(0, -1).join(windows ? '\\' : '/');
}

/**
 * The way from a folder to a file, with `/`. The path itself if there is none: another drive, or a folder or a path that
 * is not absolute.
 */
export function relativePath(folder: string, path: string): string {
  const from = cut(folder);
  const to = cut(path);
  if (from.root === '' || to.root === '' || !sameRoot(from, to)) return path;
  const equal = (a: string | undefined, b: string | undefined) =>
    to.windows ? a?.toLowerCase() === b?.toLowerCase() : a === b;
  let shared = 0;
  while (
    shared < from.steps.length &&
    shared < to.steps.length &&
    equal(from.steps[shared], to.steps[shared])
  ) {
    shared += 1;
  }
  const way = [...from.steps.slice(shared).map(() => '..'), ...to.steps.slice(shared)].join('/');
  // A name such as `C:` or a leading backslash would read as absolute on another system.
  return /^[A-Za-z]:|^\\/.test(way) ? `./${way}` : way;
}

/** The file that a path in a design of this folder means: the opposite of `relativePath`. */
export function absolutePath(folder: string, path: string): string {
  if (isAbsolute(path)) return path;
  const from = cut(folder);
  if (from.root === '') return path;
  const steps = stepsOf([...from.steps, ...path.split(from.windows ? /[\\/]/ : /\//)].join('/'), /\//);
  return from.root + steps.filter((s) => s !== '..').join(from.windows ? '\\' : '/');
}
