/**
 * The design file: one YAML document, readable and stable, from which nothing that was in it is lost.
 *
 * Keys come in a fixed order, defaults are left out, unknown keys are kept in `extra` and written after the known ones.
 * Where a part has no `extra` of its own (a dialect, a column, a dismissal), the unknown keys wait in its parent's
 * `extra` under the key of the list. Source paths are relative to the file, with `/`.
 */
import { Document, LineCounter, parseDocument, type Scalar, visit } from 'yaml';
import type { z } from 'zod';
import { type Problem, problem } from '../problem';
import type { Dialect, Part } from '../source/receipt';
import type { Design, DesignSource, DesignTable, Dimension, Extra, Join, Measure, Segment } from './design';
import { readExploration, writtenExploration } from './file-exploration';
import { isKeys, type Keys, keepEntries, kept, said, unknownOf, withExtra } from './file-keys';
import { absolutePath, folderOf, relativePath } from './path';
import {
  columnShape,
  designShape,
  designVersion,
  dialectShape,
  dimensionShape,
  dismissedShape,
  joinShape,
  measureShape,
  mutedShape,
  segmentShape,
  sourceShape,
  tableShape,
} from './schema';

export { designSchema } from './schema';

/** Longer texts are not designs. */
const longest = 32_000_000;

function writtenDialect(dialect: Partial<Dialect> | undefined, extra: Extra): Keys | undefined {
  const unknown = isKeys(extra.dialect) ? extra.dialect : {};
  if (!dialect && Object.keys(unknown).length === 0) return undefined;
  const { dateFormat, timestampFormat, headerRows, ...rest } = dialect ?? {};
  const keys = {
    ...rest,
    header_rows: headerRows,
    date_format: dateFormat,
    timestamp_format: timestampFormat,
  };
  const given = Object.fromEntries(Object.entries(keys).filter(([, v]) => v !== undefined));
  return withExtra(given, unknown);
}

function writtenSource(source: DesignSource, folder: string): Keys {
  const { name, path, format, query, columns, extra } = source;
  const known = {
    name,
    ...(query === undefined ? { path: relativePath(folder, path) } : { query }),
    format,
    part: source.part,
    dialect: writtenDialect(source.dialect, extra),
    columns: columns.map((c) => withExtra({ name: c.name, type: c.type }, kept(extra, 'columns', c.name))),
    dismissed: source.dismissed,
  };
  const { dialect, part, columns: list, dismissed, ...always } = known;
  const more = said({ part, dialect, columns: list, dismissed });
  return withExtra({ ...always, ...more }, extra, ['dialect', 'columns']);
}

function writtenDimension(d: Dimension): Keys {
  const { name, title, description, type, column, expression, format } = d;
  return withExtra(
    {
      name,
      ...said({ title, description }),
      type,
      ...said({
        column,
        expression,
        primary_key: d.primaryKey || undefined,
        public: d.public ? undefined : false,
        format,
      }),
    },
    d.extra,
  );
}

function writtenMeasure(m: Measure): Keys {
  const {
    name,
    title,
    description,
    aggregation,
    column,
    expression,
    numerator,
    denominator,
    percentile,
    weight,
    filter,
    format,
  } = m;
  return withExtra(
    {
      name,
      ...said({ title, description }),
      aggregation,
      ...said({
        column,
        expression,
        numerator,
        denominator,
        percentile,
        weight,
        filter,
        format,
        public: m.public ? undefined : false,
      }),
    },
    m.extra,
  );
}

function writtenSegment(s: Segment): Keys {
  const { name, title, description, condition } = s;
  return withExtra({ name, ...said({ title, description, condition }) }, s.extra);
}

function writtenTable(table: DesignTable): Keys {
  const { name, source, title, description, grain, extra } = table;
  const known = {
    name,
    source,
    ...said({
      title,
      description,
      grain,
      dimensions: table.dimensions.map(writtenDimension),
      measures: table.measures.map(writtenMeasure),
      segments: table.segments.map(writtenSegment),
      dismissed: table.dismissed.map(({ column, reason }) =>
        withExtra({ column, ...said({ reason }) }, kept(extra, 'dismissed', column)),
      ),
      muted: table.muted.map(({ code, column, reason }) =>
        withExtra(
          { alert: code, ...(column === null ? {} : { column }), ...said({ reason }) },
          kept(extra, 'muted', JSON.stringify([code, column])),
        ),
      ),
    }),
  };
  return withExtra(known, extra, ['dismissed', 'muted']);
}

/** Words that YAML 1.1 or 1.2 reads as something else than text. */
const loaded = /^(?:y|n|yes|no|on|off|true|false|null|inf|nan)$/i;

/** How a query stands in the file: as its lines, unless a YAML block would not give them back as they are. */
function queryStyle(text: string): Scalar.Type {
  const odd = /[^\P{C}\n\t]|[\u2028\u2029]|[ \t\u00a0\ufeff](?:\n|$)|\n$/u;
  return /^[^\s#]/.test(text) && !odd.test(text) ? 'BLOCK_LITERAL' : 'QUOTE_DOUBLE';
}

/** How a text stands in the file: names bare, several lines as lines, everything else in double quotes. */
function styleOf(text: string): Scalar.Type {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !loaded.test(text)) return 'PLAIN';
  const asLines = /^[^\s#-][^\p{C}\u2028\u2029\t]*(?:\n[^\p{C}\u2028\u2029\t]*)+$/u.test(text);
  return asLines && !/[ \u00a0\ufeff](?:\n|$)|\n$|^\n/.test(text) ? 'BLOCK_LITERAL' : 'QUOTE_DOUBLE';
}

/**
 * The text of a design file.
 * @param folder The absolute folder it will stand in; paths of sources are written relative to it, and as they are if
 *  it is ''.
 */
export function writeDesign(design: Design, folder: string): string {
  const { name, title, description, extra } = design;
  const document = new Document(
    withExtra(
      {
        assay: designVersion,
        name,
        ...said({
          title,
          description,
          sources: design.sources.map((s) => writtenSource(s, folder)),
          tables: design.tables.map(writtenTable),
          joins: design.joins.map(({ from, to, relationship, on, comparison, extra: more }) =>
            withExtra({ from, to, relationship, on, ...said({ comparison }) }, more),
          ),
          explorations: design.explorations.map(writtenExploration),
        }),
      },
      extra,
    ),
  );
  visit(document, {
    Scalar(key, node, path) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const pair = path.at(-1);
      const named = pair && 'key' in pair ? (pair.key as Scalar | null)?.value : null;
      node.type = named === 'query' ? queryStyle(node.value) : styleOf(node.value);
    },
    Map(_key, node, path) {
      const parent = path.at(-2);
      const list = parent && 'key' in parent ? String((parent.key as Scalar | null)?.value) : '';
      if (list === 'columns') node.flow = true;
    },
    Seq(key, node, path) {
      if (typeof key === 'number' && path.length > 3 && node.items.length === 2) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: 1_000_000_000 });
}

/** The design that a file holds, and what is odd about it; or why it cannot be opened. */
export type ReadDesign =
  | { readonly design: Design; readonly problems: readonly Problem[] }
  | { readonly problem: Problem };

/**
 * Read the text of a design file. Never throws, whatever the text is.
 * @param path Where it stands, absolute; paths of sources are resolved against its folder.
 */
export function readDesign(text: string, path: string): ReadDesign {
  const invalid = (where: string, reason: string): ReadDesign => ({
    problem: problem('design-invalid', { path, where, reason }),
  });
  if (text.length > longest) return invalid('the file', 'is longer than a design can be');
  if (text.trim() === '') return invalid('the file', 'is empty');
  const lines = new LineCounter();
  let document: ReturnType<typeof parseDocument>;
  let content: unknown;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [error] = document.errors;
    if (error) {
      const line = lines.linePos(error.pos[0]).line;
      return { problem: problem('design-not-yaml', { path, line, reason: firstLine(error.message) }) };
    }
    content = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    // The parser throws on aliases that multiply beyond all bounds, and runs out of stack on absurd nesting.
    const reason =
      error instanceof ReferenceError ? 'it repeats parts of itself without end' : 'it is nested too deeply';
    return { problem: problem('design-not-yaml', { path, line: 1, reason }) };
  }
  if (!isKeys(content)) return invalid('the file', 'holds no keys');
  if (deeper(content, 64)) return invalid('the file', 'is nested too deeply');
  const version = content.assay;
  if (typeof version === 'number' && version > designVersion) {
    const about = { path, version: String(version), supported: String(designVersion) };
    return { problem: problem('design-newer', about) };
  }
  if (version === undefined)
    return invalid('assay', 'is missing: it says which version of the format this is');
  try {
    const result = designShape.safeParse(content);
    if (result.success) {
      const problems = document.warnings.map((w) => {
        const where = `line ${lines.linePos(w.pos[0]).line}`;
        return problem('design-invalid', { path, where, reason: firstLine(w.message) }, 'warning');
      });
      return { design: readWhole(result.data, folderOf(path)), problems };
    }
    const [issue] = result.error.issues;
    if (!issue) return invalid('the file', 'is not a design');
    const node = document.getIn(nearest(document, issue.path), true) as
      | { range?: [number, number, number] }
      | undefined;
    const line = node?.range ? ` (line ${lines.linePos(node.range[0]).line})` : '';
    return invalid(`${placeOf(issue.path)}${line}`, reasonOf(issue));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return invalid('the file', 'is nested too deeply');
  }
}

/** Whether a value is nested beyond this many levels, as one that contains itself is. */
function deeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inside) => deeper(inside, levels - 1));
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.slice(0, 1).toLowerCase() + line.slice(1, 300);
}

/** The longest beginning of a path that the document has. */
function nearest(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): PropertyKey[] {
  for (let length = path.length; length > 0; length -= 1) {
    const part = path.slice(0, length);
    if (document.hasIn(part)) return part;
  }
  return [];
}

/** `tables[0].measures[2].aggregation` */
function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return place.replace(/^\./, '') || 'the file';
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  tuple: 'a pair',
  object: 'a mapping of keys',
};

function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined && issue.message.includes('undefined')
      ? 'is missing'
      : `should be ${typeWords[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === 'invalid_value') return `should be one of: ${issue.values.map(String).join(', ')}`;
  return `is wrong: ${firstLine(issue.message)}`;
}

function readWhole(data: z.output<typeof designShape>, folder: string): Design {
  return {
    name: data.name,
    title: data.title,
    description: data.description,
    sources: data.sources.map((s) => readSource(s, folder)),
    tables: data.tables.map(readTable),
    joins: data.joins.map(readJoin),
    explorations: data.explorations.map(readExploration),
    extra: unknownOf(data, designShape),
  };
}

function readSource(data: z.output<typeof sourceShape>, folder: string): DesignSource {
  const { name, format, columns, path = '', query } = data;
  const derived = format === 'query' && query !== undefined;
  const unknownDialect = data.dialect ? unknownOf(data.dialect, dialectShape) : {};
  return {
    name,
    path: derived ? '' : absolutePath(folder, path),
    format,
    ...(derived ? { query } : {}),
    ...(data.dialect ? { dialect: readDialect(data.dialect) } : {}),
    ...(data.part ? { part: data.part as Part } : {}),
    columns: columns.map((c) => ({ name: c.name, type: c.type })),
    ...(data.dismissed && data.dismissed.length > 0 ? { dismissed: data.dismissed } : {}),
    extra: {
      ...unknownOf(data, sourceShape),
      // A file has no use for a query, nor a query for a path; what stands there all the same is kept.
      ...(derived && data.path !== undefined ? { path: data.path } : {}),
      ...(!derived && query !== undefined ? { query } : {}),
      ...(Object.keys(unknownDialect).length > 0 ? { dialect: unknownDialect } : {}),
      ...keepEntries('columns', columns, columnShape, (c) => c.name),
    },
  };
}

function readDialect(data: z.output<typeof dialectShape>): Partial<Dialect> {
  const known = Object.entries(data).filter(([key, v]) => key in dialectShape.shape && v !== undefined);
  const names: Readonly<Record<string, string>> = {
    date_format: 'dateFormat',
    timestamp_format: 'timestampFormat',
    header_rows: 'headerRows',
  };
  return Object.fromEntries(known.map(([key, v]) => [names[key] ?? key, v]));
}

function readTable(data: z.output<typeof tableShape>): DesignTable {
  return {
    name: data.name,
    source: data.source,
    title: data.title,
    description: data.description,
    grain: data.grain,
    dimensions: data.dimensions.map(
      ({ name, title, description, type, column, expression, format, ...d }) => ({
        name,
        title,
        description,
        type,
        column,
        expression,
        primaryKey: d.primary_key,
        public: d.public,
        format,
        extra: unknownOf(d, dimensionShape),
      }),
    ),
    measures: data.measures.map((m) => ({
      name: m.name,
      title: m.title,
      description: m.description,
      aggregation: m.aggregation,
      column: m.column,
      expression: m.expression,
      numerator: m.numerator,
      denominator: m.denominator,
      ...(m.percentile === undefined ? {} : { percentile: m.percentile }),
      ...(m.weight === undefined ? {} : { weight: m.weight }),
      filter: m.filter,
      format: m.format,
      public: m.public,
      extra: unknownOf(m, measureShape),
    })),
    segments: data.segments.map((s) => ({
      name: s.name,
      title: s.title,
      description: s.description,
      condition: s.condition,
      extra: unknownOf(s, segmentShape),
    })),
    dismissed: data.dismissed.map(({ column, reason }) => ({ column, reason })),
    muted: data.muted.map(({ alert, column, reason }) => ({
      code: alert,
      column: column ?? null,
      reason,
    })),
    extra: {
      ...unknownOf(data, tableShape),
      ...keepEntries('dismissed', data.dismissed, dismissedShape, (d) => d.column),
      ...keepEntries('muted', data.muted, mutedShape, (m) => JSON.stringify([m.alert, m.column ?? null])),
    },
  };
}

function readJoin(data: z.output<typeof joinShape>): Join {
  const { from, to, relationship, on, comparison } = data;
  return {
    from,
    to,
    relationship,
    on,
    ...(comparison ? { comparison } : {}),
    extra: unknownOf(data, joinShape),
  };
}
