/**
 * Expressions: DuckDB SQL in which {member} stands for a member of the same table.
 *
 * Everything here reads text; nothing needs the data. What DuckDB alone can tell (types, functions, struct fields) is
 * left to it. `{TABLE}` stands for the table itself, so `{TABLE}.amount` is its column.
 */
import {
  aggregateFunctions,
  reserved,
  timeParts,
  typeNames,
  unreserved,
  unstableFunctions,
} from './keywords';
import { meaningful, type Token, tokens, unquoted } from './token';

export { type Token, type TokenKind, tokens } from './token';

/** {member}, {TABLE.member} or {table.member}; {TABLE} alone is the table itself. */
export interface Reference {
  /** Another table's name; null for the own table, which {TABLE.…} also says. */
  readonly table: string | null;
  /** null for {TABLE} alone. */
  readonly member: string | null;
  /** 0-based offset and length in the text, with the braces. */
  readonly at: number;
  readonly length: number;
}

/** Something that has no place in an expression. */
export interface Unsafe {
  /** `unsafe`: may not stand here; `invalid`: cannot be read at all. */
  readonly kind: 'unsafe' | 'invalid';
  /** With its article: `a semicolon`, `a parenthesis that is not closed`. */
  readonly what: string;
  /** 0-based offset in the text. */
  readonly at: number;
}

/** Thrown by `expand` when a member is defined by itself; `path` starts and ends with it. */
export class CircularReference extends RangeError {
  constructor(readonly path: readonly string[]) {
    super(`circular reference: ${path.join(' → ')}`);
    this.name = 'CircularReference';
  }
}

/** The longest text an expression may grow to when its references are written out. */
export const longestExpansion = 200_000;

function referenceOf(token: Token): Reference {
  const inside = token.text.slice(1, token.closed ? -1 : undefined).trim();
  const dot = inside.indexOf('.');
  const table = dot < 0 ? null : inside.slice(0, dot).trim();
  const member = dot < 0 ? (inside === 'TABLE' ? null : inside) : inside.slice(dot + 1).trim();
  return { table: table === 'TABLE' ? null : table, member, at: token.at, length: token.text.length };
}

/** The references of a token; null if it is none. */
export function reference(token: Token): Reference | null {
  return token.kind === 'reference' && token.closed ? referenceOf(token) : null;
}

/** The members an expression names, in order, with repetitions. Braces in strings and names in quotes are none. */
export function references(text: string): readonly Reference[] {
  return tokens(text)
    .map(reference)
    .filter((r): r is Reference => r !== null && r.member !== null);
}

/** DuckDB compares names without regard to the case of ASCII letters. */
export function sameName(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

/** A name as DuckDB compares it. */
export function folded(name: string): string {
  return name.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

const spellings = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/** Columns by their folded name. Remembered per list, because a wide table asks for the same one thousands of times. */
function byFoldedName(columns: readonly string[]): ReadonlyMap<string, string> {
  const known = spellings.get(columns) ?? new Map(columns.map((c) => [folded(c), c]));
  spellings.set(columns, known);
  return known;
}

/** A place in an expression where a column stands, or may stand. */
export interface ColumnPlace {
  readonly token: Token;
  /** The name without quotes. */
  readonly name: string;
  /** The tokens before it that say which table it is of, with the dot; null if it stands alone. */
  readonly qualifier: Token | null;
}

/**
 * Where names stand that can only be columns: not functions, types, keywords, parts of a time or fields of a struct.
 * @param columns Names that are columns for certain, so that a column called `year` is found.
 * @param table The name of the table, by which a column may be qualified.
 */
export function columnPlaces(
  text: string,
  columns: readonly string[],
  table: string | null = null,
): readonly ColumnPlace[] {
  const known = byFoldedName(columns);
  const all = meaningful(text);
  const found: ColumnPlace[] = [];
  all.forEach((token, i) => {
    if (token.kind !== 'word' && token.kind !== 'quoted') return;
    const name = token.kind === 'quoted' ? unquoted(token) : token.text;
    const before = all[i - 1];
    const after = all[i + 1];
    if (before?.kind === 'dot') {
      const owner = all[i - 2];
      const ownsIt =
        owner !== undefined &&
        ((owner.kind === 'reference' && referenceOf(owner).member === null) ||
          (table !== null && isName(owner) && sameName(nameOf(owner), table) && all[i - 3]?.kind !== 'dot'));
      if (ownsIt) found.push({ token, name, qualifier: owner });
      return;
    }
    if (after?.kind === 'open' && after.text === '(') return;
    if (table !== null && after?.kind === 'dot' && sameName(name, table) && !known.has(folded(name))) return;
    if (token.kind === 'word' && isGrammar(all, i, known)) return;
    if (before && isWord(before, 'as')) return;
    if (before?.text === '::') return;
    found.push({ token, name, qualifier: null });
  });
  return found;
}

function isName(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'quoted';
}

function nameOf(token: Token): string {
  return token.kind === 'quoted' ? unquoted(token) : token.text;
}

function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toLowerCase());
}

/** Whether the bare word at `i` belongs to the language and not to the data. */
function isGrammar(all: readonly Token[], i: number, known: ReadonlyMap<string, string>): boolean {
  const token = all[i] as Token;
  const word = token.text.toLowerCase();
  const before = all[i - 1];
  const after = all[i + 1];
  if (reserved.has(word)) return true;
  if (after?.kind === 'string' && (typeNames.has(word) || /^[xb]$/.test(word))) return true;
  if (word === 'interval' && after?.kind === 'number') return true;
  if (timeParts.has(word)) {
    if (before?.kind === 'open' && isWord(all[i - 2], 'extract') && isWord(after, 'from')) return true;
    if (isWord(all[i - 2], 'interval') || isWord(before, 'interval')) return true;
    if (before?.kind === 'close' && intervalBefore(all, i - 1)) return true;
  }
  if (known.has(folded(token.text))) return false;
  return (
    unreserved.has(word) ||
    typeNames.has(word) ||
    timeParts.has(word) ||
    unstableFunctions.has(word) ||
    all.some((t) => t.text === '->')
  );
}

/** Whether the parenthesis that closes at `i` was opened after INTERVAL. */
function intervalBefore(all: readonly Token[], i: number): boolean {
  let depth = 0;
  for (let j = i; j >= 0; j -= 1) {
    if (all[j]?.kind === 'close') depth += 1;
    if (all[j]?.kind === 'open') depth -= 1;
    if (depth === 0) return isWord(all[j - 1], 'interval');
  }
  return false;
}

/** The columns an expression names, each once, spelled as in `columns`. Case does not matter, as in DuckDB. */
export function columnsUsed(
  text: string,
  columns: readonly string[],
  table: string | null = null,
): readonly string[] {
  const known = byFoldedName(columns);
  const used = columnPlaces(text, columns, table).map((p) => known.get(folded(p.name)));
  return [...new Set(used)].filter((c): c is string => c !== undefined);
}

/**
 * Names in an expression that look like columns and are none of `columns`. Careful: a word that could be anything else
 * is not reported, so an empty answer is no proof.
 */
export function columnsMissing(
  text: string,
  columns: readonly string[],
  table: string | null = null,
): readonly ColumnPlace[] {
  const known = byFoldedName(columns);
  return columnPlaces(text, columns, table).filter((p) => !known.has(folded(p.name)));
}

/** The functions an expression calls, in lower case, with where they stand. */
export function callsIn(text: string): readonly { readonly name: string; readonly at: number }[] {
  const all = meaningful(text);
  return all.flatMap((token, i) =>
    isName(token) && all[i + 1]?.text === '(' && !(token.kind === 'word' && isOperatorWord(token.text))
      ? [{ name: nameOf(token).toLowerCase(), at: token.at }]
      : [],
  );
}

function isOperatorWord(word: string): boolean {
  return reserved.has(word.toLowerCase()) || /^(filter|over|is|like|ilike|between|interval)$/i.test(word);
}

/** The index of the token that closes the parenthesis at `i`; the last one if none does. */
function closing(all: readonly Token[], i: number): number {
  let depth = 0;
  for (let j = i; j < all.length; j += 1) {
    if (all[j]?.kind === 'open') depth += 1;
    if (all[j]?.kind === 'close') depth -= 1;
    if (depth === 0) return j;
  }
  return all.length - 1;
}

/** The aggregate functions an expression calls, in lower case, in order. A FILTER (…) is not looked into, and a window
 * function (… OVER …) is no aggregate. */
export function aggregatesIn(text: string): readonly string[] {
  return aggregateCalls(text).map((c) => c.name);
}

/** As `aggregatesIn`, with the offset of each and whether it counts rows and so needs no column. */
export function aggregateCalls(
  text: string,
): readonly { readonly name: string; readonly at: number; readonly countsRows: boolean }[] {
  const all = meaningful(text);
  const found: { name: string; at: number; countsRows: boolean }[] = [];
  for (let i = 0; i < all.length; i += 1) {
    const token = all[i] as Token;
    if (all[i + 1]?.text !== '(') continue;
    if (isWord(token, 'filter')) {
      i = closing(all, i + 1);
      continue;
    }
    if (!isName(token) || !aggregateFunctions.has(nameOf(token).toLowerCase())) continue;
    const name = nameOf(token).toLowerCase();
    const end = closing(all, i + 1);
    const afterFilter = isWord(all[end + 1], 'filter') ? closing(all, end + 2) : end;
    if (isWord(all[afterFilter + 1], 'over')) continue;
    const inside = all.slice(i + 2, end);
    const countsRows =
      (name === 'count' && (inside.length === 0 || (inside.length === 1 && inside[0]?.text === '*'))) ||
      name === 'count_star';
    found.push({ name, at: token.at, countsRows });
  }
  return found;
}

/** Functions in an expression that may answer differently each time: random(), current_date, now(). */
export function unstableIn(text: string): readonly { readonly name: string; readonly at: number }[] {
  const all = meaningful(text);
  return all.flatMap((token, i) => {
    const name = token.text.toLowerCase();
    if (token.kind !== 'word' || !unstableFunctions.has(name) || all[i - 1]?.kind === 'dot') return [];
    const called = all[i + 1]?.text === '(';
    return called || name.startsWith('current_') ? [{ name: called ? `${name}()` : name, at: token.at }] : [];
  });
}

const unclosedWords: Partial<Record<Token['kind'], string>> = {
  string: 'a string that is not closed',
  quoted: 'a name in quotes that is not closed',
  comment: 'a comment that is not closed',
  reference: 'a brace that is not closed',
};

const clauses =
  /^(where|group|having|order|limit|offset|union|intersect|except|window|qualify|fetch|returning|into|using)$/;
const statements =
  /^(from|values|table|with|show|describe|desc|summarize|pivot|unpivot|pivot_wider|pivot_longer)$/;

/** What does not belong into an expression, in the order of the text; empty if it may be used in a query. */
export function unsafe(text: string): readonly Unsafe[] {
  const found: Unsafe[] = [];
  const note = (kind: Unsafe['kind'], what: string, token: Token) => found.push({ kind, what, at: token.at });
  for (const token of tokens(text)) {
    if (token.kind === 'comment') note('unsafe', 'a comment', token);
    else if (!token.closed) note('invalid', unclosedWords[token.kind] ?? 'a part that is not closed', token);
    if (/[\0\u2028\u2029]/.test(token.text)) note('invalid', 'a character that cannot stand here', token);
  }
  const all = meaningful(text);
  const open: Token[] = [];
  all.forEach((token, i) => {
    if (token.kind === 'semicolon') note('unsafe', 'a semicolon', token);
    if (token.kind === 'template') note('unsafe', `${token.text}, a mark of a template`, token);
    if (token.kind === 'parameter') note('unsafe', 'a parameter', token);
    if (token.kind === 'operator' && /[{}]/.test(token.text))
      note('invalid', 'a brace that was not opened', token);
    if (token.kind === 'open') open.push(token);
    if (token.kind === 'close') {
      const opened = open.pop();
      if (!opened) note('invalid', 'a parenthesis that was not opened', token);
      else if ((opened.text === '(') !== (token.text === ')'))
        note('invalid', 'parentheses that cross', token);
    }
    if (token.kind === 'comma' && open.length === 0)
      note('invalid', 'a comma between two expressions', token);
    if (token.kind !== 'word' || all[i - 1]?.kind === 'dot') return;
    const word = token.text.toLowerCase();
    const first = i === 0 || all[i - 1]?.text === '(';
    if (word === 'select' || (first && statements.test(word) && all[i + 1]?.kind !== 'dot')) {
      note('unsafe', 'a query of its own', token);
    } else if (open.length === 0) {
      const fromWhat = word === 'from' && !isWord(all[i - 1], 'distinct');
      if (fromWhat || clauses.test(word))
        note('invalid', `${token.text.toUpperCase()}, which ends an expression`, token);
      if (word === 'as') note('invalid', 'AS, which names a column of a query', token);
    }
  });
  for (const token of open) note('invalid', 'a parenthesis that is not closed', token);
  return found.sort((a, b) => a.at - b.at);
}

/**
 * Write an expression's references out.
 * @param resolve The text a reference stands for, which may hold references of its own; they are resolved in turn. It
 *  may throw to refuse. For {TABLE} (member null) the text is taken as it is.
 * @returns The text, with each member in parentheses.
 * @throws CircularReference if a member is defined by itself.
 * @throws RangeError if the text grows beyond `longestExpansion`.
 */
export function expand(
  text: string,
  resolve: (reference: Reference) => string,
  path: readonly string[] = [],
): string {
  return written(text, path, resolve, new Map());
}

function written(
  text: string,
  path: readonly string[],
  resolve: (reference: Reference) => string,
  seen: Map<string, string>,
): string {
  const parts = tokens(text).map((token) => {
    const found = reference(token);
    if (!found) return token.text;
    if (found.member === null) return resolve(found);
    const key = found.table === null ? found.member : `${found.table}.${found.member}`;
    if (path.includes(key)) throw new CircularReference([...path.slice(path.indexOf(key)), key]);
    let inside = seen.get(key);
    if (inside === undefined) {
      inside = written(resolve(found), [...path, key], resolve, seen);
      seen.set(key, inside);
    }
    return `(${inside})`;
  });
  const result = parts.join('');
  if (result.length > longestExpansion) {
    throw new RangeError(`an expression grows beyond ${longestExpansion} characters`);
  }
  return result;
}

/** Replace the member in every reference that `change` answers a new name for; null leaves it. */
export function renameReferences(
  text: string,
  change: (reference: Reference) => { readonly table: string | null; readonly member: string } | null,
): string {
  if (!text.includes('{')) return text;
  return tokens(text)
    .map((token) => {
      const found = reference(token);
      const to = found && found.member !== null ? change(found) : null;
      if (!found || !to) return token.text;
      const own = /^\{\s*TABLE\s*\./.test(token.text) ? 'TABLE' : null;
      const table = to.table ?? own;
      return table === null ? `{${to.member}}` : `{${table}.${to.member}}`;
    })
    .join('');
}

/** Rename a member of the own table in an expression; {TABLE.…} follows, other tables' members of that name do not. */
export function rename(text: string, from: string, to: string): string {
  return renameReferences(text, (r) =>
    r.table === null && r.member === from ? { table: null, member: to } : null,
  );
}
