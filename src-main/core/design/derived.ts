/**
 * Derived tables: sources that are made by a query over other sources. What a query reads is told from its text, so that
 * a design can be checked, ordered and exported without the data.
 */
import { folded } from './expression';
import { meaningful, type Token, tokens, unquoted } from './token';

/** A table that a query names where a table must stand. */
export interface TableRead {
  /** Without quotes; of `schema.table` the last part. */
  readonly name: string;
  /** Whether a schema stands before it. */
  readonly qualified: boolean;
  /** 0-based offset of the name in the query. */
  readonly at: number;
}

/** What a parenthesis, or the whole query, holds. */
interface Level {
  /** A table must come next. */
  expects: boolean;
  /** The list after FROM goes on: a comma is followed by another table. */
  listing: boolean;
  /** The names of a WITH clause go on. */
  naming: boolean;
  recursive: boolean;
  /** The name that its WITH clause is defining in the parenthesis that is open. */
  defining: string | null;
  /** Folded names that its WITH clause has defined so far. */
  readonly named: Set<string>;
  /** Whether FROM may belong to a function here: `extract(year FROM day)`. */
  readonly call: boolean;
}

const level = (expects: boolean, call: boolean): Level => ({
  expects,
  listing: expects,
  naming: false,
  recursive: false,
  defining: null,
  named: new Set(),
  call,
});

/** Words after which the list of tables has ended. */
const ends = new Set([
  'select',
  'where',
  'group',
  'order',
  'having',
  'limit',
  'offset',
  'union',
  'intersect',
  'except',
  'qualify',
  'window',
  'values',
  'on',
  'using',
]);
/** Words after which a table stands. */
const opens = new Set(['from', 'join', 'pivot', 'unpivot', 'summarize', 'describe', 'table']);
/** Words that may stand between FROM or a comma and the table. */
const between = new Set(['lateral', 'only']);

/**
 * The tables that a query reads, in order, with repetitions: what stands after FROM and JOIN, in any depth. Names that
 * its own WITH clauses define are none, nor are functions and files in quotes.
 */
export function tablesRead(query: string): readonly TableRead[] {
  const all = meaningful(query);
  const found: TableRead[] = [];
  const stack: Level[] = [level(false, false)];
  const top = () => stack.at(-1) as Level;
  const isNamed = (name: string) => stack.some((one) => one.named.has(folded(name)));
  for (let i = 0; i < all.length; i += 1) {
    const token = all[i] as Token;
    const here = top();
    if (token.kind === 'open') {
      const before = all[i - 1];
      const call =
        token.text === '[' ||
        (before !== undefined && isName(before) && !isGrammar(before) && !here.naming && !here.expects);
      stack.push(level(here.expects && token.text === '(', call));
      here.expects = false;
    } else if (token.kind === 'close') {
      if (stack.length > 1) stack.pop();
      const outer = top();
      if (outer.defining !== null) outer.named.add(folded(outer.defining));
      outer.defining = null;
    } else if (token.kind === 'comma') {
      here.expects = here.listing && !here.naming;
    } else if (isName(token)) {
      i = readName(all, i, here, found, isNamed);
    } else {
      here.expects = false;
    }
  }
  return found;
}

/** Reads the word or name at `i`; answers the index of its last token. */
function readName(
  all: readonly Token[],
  i: number,
  here: Level,
  found: TableRead[],
  isNamed: (name: string) => boolean,
): number {
  const token = all[i] as Token;
  const word = token.kind === 'word' ? token.text.toLowerCase() : '';
  if (here.naming && !here.expects) return readNaming(all, i, here, word);
  if (word === 'with' && startsQuery(all, i)) {
    here.naming = true;
    here.expects = false;
    return i;
  }
  if (opens.has(word) && !isPartOfOther(all, i, here, word)) {
    here.expects = true;
    here.listing ||= word === 'from';
    return i;
  }
  if (ends.has(word)) {
    here.expects = false;
    // A join may follow its condition with a comma and a further table; a comma within one stands in parentheses.
    if (word !== 'on' && word !== 'using') here.listing = false;
    return i;
  }
  if (!here.expects || between.has(word)) return i;
  let last = i;
  while (all[last + 1]?.kind === 'dot' && isName(all[last + 2])) last += 2;
  const name = nameOf(all[last] as Token);
  here.expects = false;
  const called = all[last + 1]?.text === '(';
  const qualified = last > i;
  if (!called && (qualified || !isNamed(name))) found.push({ name, qualified, at: (all[last] as Token).at });
  return last;
}

/** Reads the word at `i` of the list of a WITH clause: `a AS (…), b(x) AS MATERIALIZED (…)`. */
function readNaming(all: readonly Token[], i: number, here: Level, word: string): number {
  if (word === 'recursive') here.recursive = true;
  else if (word === 'as' || word === 'materialized' || word === 'not') {
    // The name was noted before it.
  } else if (all[i - 1]?.kind === 'close') {
    // What follows the last parenthesis begins the query itself, and is read again as such.
    here.naming = false;
    return i - 1;
  } else {
    here.defining = nameOf(all[i] as Token);
    if (here.recursive) here.named.add(folded(here.defining));
    // A list of columns closes a parenthesis of its own, after which the name is still to be defined.
    if (all[i + 1]?.text === '(') return closing(all, i + 1);
  }
  return i;
}

/** The index of the token that closes the parenthesis at `i`; the last one if none does. */
function closing(all: readonly Token[], i: number): number {
  let depth = 0;
  for (let at = i; at < all.length; at += 1) {
    if (all[at]?.kind === 'open') depth += 1;
    if (all[at]?.kind === 'close') depth -= 1;
    if (depth === 0) return at;
  }
  return all.length - 1;
}

/** Whether a query begins at `i`: at the beginning, and after a parenthesis or AS. */
function startsQuery(all: readonly Token[], i: number): boolean {
  return i === 0 || all[i - 1]?.text === '(';
}

/** FROM of `extract(year FROM day)` and of `IS DISTINCT FROM`; TABLE and the like as the name of something. */
function isPartOfOther(all: readonly Token[], i: number, here: Level, word: string): boolean {
  const before = all[i - 1];
  if (word === 'from') {
    if (before?.text.toLowerCase() === 'distinct' && isWord(all[i - 2], 'is', 'not')) return true;
    return here.call && before?.text !== '(';
  }
  if (word === 'join') return false;
  if (word === 'pivot' || word === 'unpivot') return !startsQuery(all, i);
  return !startsQuery(all, i) && !isWord(before, 'as', 'all', 'union', 'except', 'intersect');
}

function isName(token: Token | undefined): token is Token {
  return token?.kind === 'word' || token?.kind === 'quoted';
}

function nameOf(token: Token): string {
  return token.kind === 'quoted' ? unquoted(token) : token.text;
}

function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toLowerCase());
}

/** Words before a parenthesis that opens a query or a list, and calls nothing. */
const grammar = new Set(
  (
    'in exists any all some as not and or on using from join lateral select where having by when then else case ' +
    'union except intersect materialized with over filter within values distinct is between like ilike limit offset'
  ).split(' '),
);

function isGrammar(token: Token): boolean {
  return token.kind === 'word' && grammar.has(token.text.toLowerCase());
}

/** A query without the blanks, comments and semicolons at its end, so that it can stand in parentheses. */
export function bareQuery(query: string): string {
  const all = tokens(query);
  const last = all.findLast((t) => t.kind !== 'space' && t.kind !== 'comment' && t.kind !== 'semicolon');
  return last === undefined ? '' : query.slice(0, last.at + last.text.length);
}

/** Words with which a statement begins that is no SELECT. */
const commands = new Set(
  (
    'alter analyze attach begin call checkpoint comment commit copy create deallocate delete detach drop execute explain ' +
    'export import insert install load merge pragma prepare reset rollback set truncate update use vacuum'
  ).split(' '),
);

/** What keeps a text from being one SELECT, as far as it shows without a database, and where; null if nothing does. */
export function queryFault(query: string): { readonly reason: string; readonly at: number } | null {
  const all = meaningful(bareQuery(query));
  const [first] = all;
  if (first === undefined) return { reason: 'it is empty', at: 0 };
  if (first.kind === 'word' && commands.has(first.text.toLowerCase()))
    return { reason: `it begins with ${first.text.toUpperCase()} and is no SELECT`, at: first.at };
  const semicolon = all.find((token) => token.kind === 'semicolon');
  if (semicolon === undefined) return null;
  return { reason: 'a semicolon ends it, and something follows', at: semicolon.at };
}

/** The line of a place in a text, from 1; null if the text has only one. */
export function lineOf(text: string, at: number): number | null {
  return text.trim().includes('\n') ? text.slice(0, at).split('\n').length : null;
}

/** Names that a database brings along. */
const systems = /^(duckdb|pg|sqlite)_/i;

/** A source, as far as its place among the others is concerned. */
export interface Derivable {
  readonly name: string;
  /** Absent if it is no derived table. */
  readonly query?: string;
}

/** The names among these that a query reads, each once, spelled as they are given. */
export function readAmong(query: string, names: readonly string[]): readonly string[] {
  const spelled = new Map(names.map((name) => [folded(name), name]));
  const read = tablesRead(query).map((table) => spelled.get(folded(table.name)));
  return [...new Set(read)].filter((name): name is string => name !== undefined);
}

/** The names that a query reads and that none of these is. */
export function readBeside(query: string, names: readonly string[]): readonly string[] {
  const known = new Set(names.map(folded));
  const missing = tablesRead(query).filter(
    (table) => !table.qualified && !known.has(folded(table.name)) && !systems.test(table.name),
  );
  return [...new Set(missing.map((table) => table.name))];
}

/** Sources so that each stands after those it reads; those on a circle and after one come last. */
export function makingOrder<T extends Derivable>(sources: readonly T[]): readonly T[] {
  const names = sources.map((source) => source.name);
  const reads = new Map(sources.map((s) => [s.name, s.query === undefined ? [] : readAmong(s.query, names)]));
  const done = new Set<string>();
  const order: T[] = [];
  for (let left = [...sources]; left.length > 0; ) {
    const ready = left.filter((s) => reads.get(s.name)?.every((name) => done.has(name)) === true);
    // Nothing is ready on a circle: whatever comes first will say so.
    const next = ready.length > 0 ? ready : left;
    for (const source of next) {
      done.add(source.name);
      order.push(source);
    }
    left = left.filter((s) => !done.has(s.name));
  }
  return order;
}

/** The way from a derived table back to itself, with its name at both ends; null if there is none. */
export function derivedCircle(sources: readonly Derivable[], start: string): readonly string[] | null {
  const names = sources.map((source) => source.name);
  const query = new Map(sources.map((source) => [source.name, source.query]));
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const at of queue) {
    for (const next of readAmong(query.get(at) ?? '', names)) {
      if (next === start) return wayBack(cameFrom, at, start);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      queue.push(next);
    }
  }
  return null;
}

function wayBack(cameFrom: ReadonlyMap<string, string>, last: string, start: string): readonly string[] {
  const back = [start];
  for (let at: string | undefined = last; at !== undefined && at !== start; at = cameFrom.get(at))
    back.push(at);
  return [...back, start].reverse();
}

/** The derived tables that rest on one, directly or through others, in the order in which they are made. */
export function restingOn<T extends Derivable>(sources: readonly T[], name: string): readonly T[] {
  const names = sources.map((source) => source.name);
  const reached = new Set([name]);
  return makingOrder(sources).filter((source) => {
    if (source.query === undefined || source.name === name) return false;
    const rests = readAmong(source.query, names).some((read) => reached.has(read));
    if (rests) reached.add(source.name);
    return rests;
  });
}

/** What a source is made of, in the order in which it is made: the files, the tables derived from them, and itself last. */
export function madeOf<T extends Derivable>(sources: readonly T[], name: string): readonly T[] {
  const names = sources.map((source) => source.name);
  const needed = new Set([name]);
  for (const at of needed) {
    const query = sources.find((source) => source.name === at)?.query;
    for (const read of query === undefined ? [] : readAmong(query, names)) needed.add(read);
  }
  return makingOrder(sources.filter((source) => needed.has(source.name)));
}
