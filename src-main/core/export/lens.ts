/**
 * DataOS Lens 2.0: a semantic model as a folder of SQL and YAML.
 *
 * model/sqls/<table>.sql delivers exactly the columns that members use, under legal names; model/tables/<table>.yml holds
 * the members; model/user_groups.yml lets everyone in; README.md says what to set and what is lost. Lens runs Jinja over
 * the YAML, so no brace may stand in it but those of references and of load_sql.
 */
import { aggregationTitle } from '../aggregation';
import { checkDesign, type DesignProblem } from '../design/check';
import { bareQuery, madeOf } from '../design/derived';
import type { Design, DesignSource, Dimension, Measure, MemberRef, Segment } from '../design/design';
import { memberOf } from '../design/member';
import { joinSql } from '../design/query/meet';
import { PERCENTILE } from '../design/query/text';
import { stepsOf } from '../design/query/tree';
import { problem } from '../problem';
import { type LensPlan, type LensTable, mustBeRenamed, planOf } from './lens-plan';
import { readme } from './lens-readme';
import { lensColumn, lensQuery, lensReference, lensSql, peculiarities } from './lens-sql';
import { newPage, oneLine, type Page, yamlString } from './page';
import type { Loss, Spec, SpecFile, SpecProblem, Target, TargetOptions } from './target';

/** Where the writing of a table stands: what all its parts share. */
interface Desk {
  readonly design: Design;
  readonly plan: LensPlan;
  readonly here: LensTable;
  readonly page: Page;
  readonly path: string;
  readonly losses: Loss[];
}

export const lens: Target = {
  name: 'dataos',
  title: 'DataOS Lens',
  version: '2.0',
  write: writeLens,
};

function writeLens(design: Design, options: TargetOptions): Spec {
  const plan = planOf(design);
  const losses: Loss[] = [];
  const files: SpecFile[] = [];
  for (const here of plan.tables) {
    files.push(sqlFile(design, here, options, losses), tableFile(design, plan, here, losses));
  }
  files.push(groupsFile());
  for (const table of plan.empty) {
    losses.push({ what: `The table ${table.name}: nothing is drafted in it`, instead: '' });
  }
  losses.push(...unknownKeys(design));
  const all = [readme(design, plan, options, files, losses), ...files];
  return { target: lens.name, files: all, losses, problems: problemsAt(design, plan, all) };
}

/** Text for people without braces, which Lens would take for references. */
function plainText(desk: Desk, text: string, what: string, about?: MemberRef): string {
  if (!/[{}]/.test(text)) return yamlString(text);
  desk.losses.push({
    what: `Braces in ${what}, which Lens reads as references: written as parentheses`,
    ...(about ? { about } : {}),
    instead: desk.path,
  });
  return yamlString(text.replaceAll('{', '(').replaceAll('}', ')'));
}

function sqlFile(design: Design, here: LensTable, options: TargetOptions, losses: Loss[]): SpecFile {
  const page = newPage();
  const path = `model/sqls/${here.name}.sql`;
  const remark = (words: string) => `-- ${oneLine(words).replaceAll('{', '(').replaceAll('}', ')')}`;
  const derived = here.source?.query !== undefined;
  const from = here.source?.path.split(/[\\/]/).at(-1) || here.table.source;
  page.line(
    remark(`${here.name}: the columns of ${derived ? `the query ${from}` : from} that the model uses`),
    {
      table: here.table.name,
    },
  );
  page.line(
    `-- Set the address after ${derived ? 'each FROM of the first tables' : 'FROM'} to where the table stands.`,
  );
  const address = (source: string) =>
    [options.catalog, options.schema, source]
      .filter((part) => part !== '')
      .map(addressPart)
      .join('.');
  if (here.source !== undefined && derived) writeParts(page, here.source, design, address, losses, path);
  page.line('SELECT');
  here.columns.forEach(({ column, alias, sql }, i) => {
    const comma = i < here.columns.length - 1 ? ',' : '';
    const renamed = mustBeRenamed(column);
    if (renamed) {
      const what = `The column “${oneLine(column)}”: no SQL can name it through Lens, so it must stand as ${alias} in the table`;
      losses.push({ what, instead: path });
    }
    const note = renamed ? ` ${remark(`was “${column}” in the file: rename it`)}` : '';
    page.line(`  ${sql} AS ${alias}${comma}${note}`);
  });
  if (here.columns.length === 0) page.line('  1 AS one_row');
  const stands = here.source?.name ?? here.table.source;
  page.line(`FROM ${derived ? addressPart(stands) : address(stands)}`);
  return page.file(path, 'sql');
}

/** The tables that a derived one is made of, and itself, as named parts of one statement. */
function writeParts(
  page: Page,
  source: DesignSource,
  design: Design,
  address: (source: string) => string,
  losses: Loss[],
  path: string,
): void {
  const parts = madeOf(design.sources, source.name);
  // A part of the name of the table that it reads would read itself.
  const named = parts.filter(
    (part) => part.query !== undefined || address(part.name) !== addressPart(part.name),
  );
  page.line('WITH');
  named.forEach((part, i) => {
    page.line(`${addressPart(part.name)} AS (`);
    if (part.query === undefined) page.line(`  SELECT * FROM ${address(part.name)}`);
    // As it stands, because a text over several lines may be in it.
    else for (const line of queryLines(part, losses, path)) page.line(line);
    page.line(i < named.length - 1 ? '),' : ')');
  });
}

/** A query in the lines that Lens reads; what it cannot say, or other engines may read otherwise, is a loss. */
function queryLines(source: DesignSource, losses: Loss[], path: string): readonly string[] {
  const query = bareQuery(source.query ?? '');
  for (const what of peculiarities(query)) {
    losses.push({ what: `The query of ${source.name} uses ${what}`, instead: path });
  }
  const { text, braces } = lensQuery(query);
  if (braces) {
    const what = `Braces in the query of ${source.name}, which Lens reads as references: written as parentheses, so that it must be put right`;
    losses.push({ what, instead: path });
  }
  return text.split('\n');
}

function addressPart(part: string): string {
  const plain = oneLine(part).replaceAll('{', '(').replaceAll('}', ')');
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(plain) ? plain : `"${plain.replaceAll('"', '""')}"`;
}

function tableFile(design: Design, plan: LensPlan, here: LensTable, losses: Loss[]): SpecFile {
  const { table, name } = here;
  const page = newPage();
  const path = `model/tables/${name}.yml`;
  const desk: Desk = { design, plan, here, page, path, losses };
  page.line('tables:');
  page.line(`  - name: ${yamlString(name)}`, { table: table.name });
  page.line(`    sql: {{ load_sql('${name}') }}`);
  if (table.description) {
    page.line(`    description: ${plainText(desk, table.description, `the description of ${table.name}`)}`);
  }
  page.line('    public: true');
  tableMeta(desk);
  joins(desk);
  list(desk, 'dimensions', table.dimensions, dimension);
  list(desk, 'measures', table.measures, measure);
  list(desk, 'segments', table.segments, segment);
  return page.file(path, 'yaml');
}

function tableMeta(desk: Desk): void {
  const { here, page } = desk;
  const { table } = here;
  if (table.title === '' && table.grain.length === 0) return;
  page.line('    meta:');
  if (table.title) {
    page.line(`      title: ${plainText(desk, table.title, `the title of ${table.name}`)}`);
    desk.losses.push({
      what: `The title of ${table.name}: tables of Lens have none; under meta`,
      instead: desk.path,
    });
  }
  if (table.grain.length > 0) {
    page.line('      grain:');
    for (const column of table.grain) {
      page.line(`        - ${plainText(desk, column, `the grain of ${table.name}`)}`);
    }
    desk.losses.push({ what: `The grain of ${table.name}: Lens has none; under meta`, instead: desk.path });
  }
}

/**
 * The joins of a table. Each stands once, at the end that has many rows of a key: so the table a question begins with, to which
 * the others are joined from the left, is the same here and there.
 */
function joins(desk: Desk): void {
  const { plan, here, page } = desk;
  const own = stepsOf(desk.design, false).filter((step) => step.from === here.table.name);
  if (own.length === 0) return;
  page.line('    joins:');
  for (const step of own) {
    const there = plan.tables.find((t) => t.table.name === step.to);
    const other = there?.name ?? step.to;
    const right = (column: string) =>
      there ? lensColumn(there, column).replace('{TABLE}', `{${other}}`) : `{${other}}.${column}`;
    const on = joinSql(desk.design, step, (column) => lensColumn(here, column), right);
    page.line(`      - name: ${yamlString(other)}`);
    page.line(`        relationship: ${step.many ? 'many_to_one' : 'one_to_one'}`);
    page.line(`        sql: ${yamlString(on)}`);
  }
}

function list<M extends { readonly name: string }>(
  desk: Desk,
  key: 'dimensions' | 'measures' | 'segments',
  members: readonly M[],
  write: (desk: Desk, member: M, about: MemberRef) => void,
): void {
  if (members.length === 0) return;
  desk.page.line(`    ${key}:`);
  const kind = key.slice(0, -1) as MemberRef['kind'];
  for (const member of members) write(desk, member, { table: desk.here.table.name, kind, name: member.name });
}

/** Name, title and description, which all members have. */
function opening(desk: Desk, member: Dimension | Measure, about: MemberRef): void {
  const { page, here } = desk;
  page.line(`      - name: ${yamlString(here.names.get(member) ?? member.name)}`, about);
  if (member.title)
    page.line(`        title: ${plainText(desk, member.title, `the title of ${member.name}`, about)}`);
  if (member.description) {
    const text = plainText(desk, member.description, `the description of ${member.name}`, about);
    page.line(`        description: ${text}`);
  }
}

/** Visibility and format, which Lens takes as meta. */
function closing(desk: Desk, member: Dimension | Measure, about: MemberRef): void {
  const { page, path, losses } = desk;
  page.line(`        public: ${member.public}`);
  if (member.format === '') return;
  page.line('        meta:');
  page.line(`          format: ${plainText(desk, member.format, `the format of ${member.name}`, about)}`);
  losses.push({
    what: `The format ${member.format} of ${member.name}: Lens has none; under meta`,
    about,
    instead: path,
  });
}

function sqlOf(desk: Desk, text: string, name: string, about: MemberRef): string {
  for (const what of peculiarities(text)) {
    desk.losses.push({ what: `${name} uses ${what}`, about, instead: desk.path });
  }
  return text.trim() === '' ? 'NULL' : lensSql(desk.plan, desk.here, text);
}

function dimension(desk: Desk, d: Dimension, about: MemberRef): void {
  const { page, here, losses } = desk;
  opening(desk, d, about);
  page.line(`        type: ${d.type}`);
  if (d.column !== '') {
    const alias = here.castTo.get(d) ?? lensColumn(here, d.column).slice('{TABLE}.'.length);
    page.line(`        column: ${yamlString(alias)}`);
    const type = here.source?.columns.find((c) => c.name === d.column)?.type ?? '';
    if (d.type === 'time' && /^TIME(?!STAMP)/.test(type)) {
      const what = `The grain of ${d.name}: Lens groups timestamps, and ${d.column} is a time of day`;
      losses.push({ what, about, instead: '' });
    }
  } else {
    page.line(`        sql: ${yamlString(sqlOf(desk, d.expression, d.name, about))}`);
  }
  if (d.primaryKey) page.line('        primary_key: true');
  closing(desk, d, about);
}

function measure(desk: Desk, m: Measure, about: MemberRef): void {
  const { page } = desk;
  opening(desk, m, about);
  const { type, sql, filter } = measureParts(desk, m, about);
  page.line(`        type: ${type}`);
  if (sql !== null) page.line(`        sql: ${yamlString(sql)}`);
  if (filter !== null) {
    page.line('        filters:');
    page.line(`          - sql: ${yamlString(filter)}`);
  }
  closing(desk, m, about);
}

/** What Lens aggregates itself keeps its type; the rest is a `number` that aggregates in its SQL. */
function measureParts(
  desk: Desk,
  m: Measure,
  about: MemberRef,
): { type: string; sql: string | null; filter: string | null } {
  const { here, losses } = desk;
  if (m.aggregation === 'ratio') {
    const term = (member: string) =>
      member === '' ? 'NULL' : lensReference(desk.plan, here, { table: null, member }, false);
    const sql = `1.0 * ${term(m.numerator)} / NULLIF(${term(m.denominator)}, 0)`;
    return { type: 'number', sql, filter: null };
  }
  if (m.aggregation === 'expression') {
    return { type: 'number', sql: sqlOf(desk, m.expression, m.name, about), filter: null };
  }
  const filter = m.filter.trim() === '' ? null : sqlOf(desk, m.filter, m.name, about);
  const operand =
    m.column !== ''
      ? lensColumn(here, m.column)
      : m.expression.trim() === '' && m.aggregation === 'count'
        ? null
        : sqlOf(desk, m.expression, m.name, about);
  if (m.aggregation === 'weighted_avg') return weighted(desk, m, operand ?? 'NULL', filter, about);
  if (m.aggregation !== 'median' && m.aggregation !== 'percentile')
    return { type: m.aggregation, sql: operand, filter };
  const what = `${aggregationTitle[m.aggregation]} has no type in Lens: ${m.name} is a number in SQL of DuckDB, quantile_cont()`;
  losses.push({ what, about, instead: desk.path });
  // Lens does not apply filters to a number.
  const where = filter === null ? '' : ` FILTER (WHERE ${filter})`;
  return {
    type: 'number',
    sql: `quantile_cont(${operand}, ${m.aggregation === 'median' ? 0.5 : (m.percentile ?? PERCENTILE)})${where}`,
    filter: null,
  };
}

/** A weighted average is two sums, each with the filter, because Lens applies none to a number. */
function weighted(desk: Desk, m: Measure, operand: string, filter: string | null, about: MemberRef) {
  const what = `${aggregationTitle.weighted_avg} has no type in Lens: ${m.name} is a number made of two sums`;
  desk.losses.push({ what, about, instead: desk.path });
  const weight = m.weight ? lensColumn(desk.here, m.weight) : 'NULL';
  const met = `(${operand}) IS NOT NULL${filter === null ? '' : ` AND (${filter})`}`;
  const sum = (of: string) => `SUM(CASE WHEN ${met} THEN ${of} END)`;
  return {
    type: 'number',
    sql: `1.0 * ${sum(`(${operand}) * ${weight}`)} / NULLIF(${sum(weight)}, 0)`,
    filter: null,
  };
}

function segment(desk: Desk, s: Segment, about: MemberRef): void {
  const { page, here, losses, path } = desk;
  page.line(`      - name: ${yamlString(here.names.get(s) ?? s.name)}`, about);
  page.line(`        sql: ${yamlString(sqlOf(desk, s.condition, s.name, about))}`);
  page.line('        public: true');
  if (s.title === '' && s.description === '') return;
  page.line('        meta:');
  for (const key of ['title', 'description'] as const) {
    if (s[key] === '') continue;
    page.line(`          ${key}: ${plainText(desk, s[key], `the ${key} of ${s.name}`, about)}`);
    losses.push({
      what: `The ${key} of ${s.name}: segments of Lens have none; under meta`,
      about,
      instead: path,
    });
  }
}

function groupsFile(): SpecFile {
  const page = newPage();
  page.line('user_groups:');
  page.line('  - name: "default"');
  page.line('    description: "Everyone"');
  page.line('    api_scopes:');
  for (const scope of ['meta', 'data', 'graphql']) page.line(`      - "${scope}"`);
  page.line('    includes: "*"');
  return page.file('model/user_groups.yml', 'yaml');
}

/** Keys of the design file that we keep without knowing them. */
function unknownKeys(design: Design): readonly Loss[] {
  const of = (extra: object, where: string, about?: MemberRef): readonly Loss[] =>
    Object.keys(extra).map((key) => ({
      what: `${where} has the key “${key}”, which Assay does not know`,
      ...(about ? { about } : {}),
      instead: '',
    }));
  return [
    ...of(design.extra, 'The design'),
    ...design.tables.flatMap((table) => [
      ...of(table.extra, table.name),
      ...(['dimension', 'measure', 'segment'] as const).flatMap((kind) =>
        table[`${kind}s`].flatMap((m) => of(m.extra, m.name, { table: table.name, kind, name: m.name })),
      ),
    ]),
  ];
}

/** Problems of the design and of the rules of Lens, at the lines where their parts stand. */
function problemsAt(design: Design, plan: LensPlan, files: readonly SpecFile[]): readonly SpecProblem[] {
  const keyless = plan.tables
    .filter(({ table }) => design.joins.some((j) => j.from === table.name || j.to === table.name))
    .filter(({ table }) => !table.dimensions.some((d) => d.primaryKey))
    .map(({ table }): DesignProblem => {
      return { problem: problem('key-missing', { table: table.name }), about: { table: table.name } };
    });
  return [...checkDesign(design), ...keyless].map(({ problem: p, about }) => {
    const place = about && placeOf(design, files, about);
    return { path: place?.path ?? 'README.md', line: place?.line ?? 1, problem: p };
  });
}

function placeOf(
  design: Design,
  files: readonly SpecFile[],
  about: NonNullable<DesignProblem['about']>,
): { path: string; line: number } | undefined {
  const member = 'kind' in about && memberOf(design, about) ? about : null;
  const table = 'table' in about ? about.table : design.tables.find((t) => t.source === about.source)?.name;
  const yaml = files.filter((f) => f.language === 'yaml');
  for (const file of 'source' in about ? files : yaml) {
    const hit = file.lines.find(({ about: at }) =>
      member
        ? 'kind' in at && at.kind === member.kind && at.name === member.name && at.table === member.table
        : !('kind' in at) && at.table === table,
    );
    if (hit) return { path: file.path, line: hit.line };
  }
  return undefined;
}
