/**
 * What is wrong with a design, as far as it can be told without the data. Never throws, whatever the design holds.
 */
import { aggregationTitle, unfit } from '../aggregation';
import { type Problem, ProblemError, problem } from '../problem';
import { kindOf } from '../table';
import { circleOf } from './circle';
import { derivedCircle, lineOf, queryFault, readBeside } from './derived';
import {
  type Design,
  type DesignSource,
  type DesignTable,
  type Dimension,
  type Join,
  type Measure,
  type MemberRef,
  namePattern,
  type Segment,
} from './design';
import {
  aggregateCalls,
  columnsMissing,
  columnsUsed,
  folded,
  references,
  unsafe,
  unstableIn,
} from './expression';
import { refsOf, tableOf } from './member';
import { joinSql } from './query/meet';

export interface DesignProblem {
  readonly problem: Problem;
  /** The part it stands at; absent if it is about the whole design. */
  readonly about?: MemberRef | { readonly table: string } | { readonly source: string };
}

/** What the checks of one table share. */
interface Ground {
  readonly design: Design;
  readonly table: DesignTable;
  readonly source: DesignSource | undefined;
  /** Types of the columns by folded name; empty if nothing is known of them. */
  readonly types: ReadonlyMap<string, string>;
  readonly columns: readonly string[];
}

/** All problems of the design itself: first its sources, then table by table in the order of its members, then joins. */
export function checkDesign(design: Design): readonly DesignProblem[] {
  const found: DesignProblem[] = [];
  if (!namePattern.test(design.name)) {
    found.push({ problem: problem('name-invalid', { name: design.name, used: 'design' }) });
  }
  const sources = new Set<string>();
  for (const source of design.sources) {
    if (sources.has(folded(source.name))) {
      const about = { source: source.name };
      found.push({ problem: problem('name-duplicate', { name: source.name, table: 'The design' }), about });
    }
    sources.add(folded(source.name));
    found.push(...checkDerived(design, source));
  }
  const names = new Set<string>();
  for (const table of design.tables) {
    const about = { table: table.name };
    for (const p of nameProblems(table.name, 'table', 'the design')) found.push({ problem: p, about });
    if (names.has(folded(table.name))) {
      found.push({ problem: problem('name-duplicate', { name: table.name, table: 'The design' }), about });
    }
    names.add(folded(table.name));
    found.push(...checkTable(groundOf(design, table)));
  }
  found.push(...checkJoins(design));
  return found;
}

/** A query that is empty, reads what is no source, or leads back to itself. */
function checkDerived(design: Design, source: DesignSource): readonly DesignProblem[] {
  const { name, query } = source;
  if (query === undefined) return [];
  const about = { source: name };
  const fault = queryFault(query);
  if (fault !== null) {
    const found = { name, ...fault, line: lineOf(query, fault.at) };
    return [{ problem: problem('query-invalid', found), about }];
  }
  const path = derivedCircle(design.sources, name);
  const missing = readBeside(
    query,
    design.sources.map((s) => s.name),
  );
  return [
    ...(path ? [{ problem: problem('query-circular', { name, path: shortWay(path) }), about }] : []),
    ...missing.map((lacks) => ({ problem: problem('query-source-missing', { name, lacks }), about })),
  ];
}

/** What is wrong with giving this member this name; null if nothing. For forms, before the edit is made. */
export function nameProblem(design: Design, member: MemberRef, name: string): Problem | null {
  const [wrong] = nameProblems(name, member.kind, member.table);
  if (wrong) return wrong;
  const table = tableOf(design, member.table);
  const others = table ? refsOf(table).filter((r) => r.kind !== member.kind || r.name !== member.name) : [];
  return others.some((r) => folded(r.name) === folded(name))
    ? problem('name-duplicate', { name, table: member.table })
    : null;
}

/** What keeps a text from being used in a query; null if nothing does. `part` is what the text is of its member. */
export function textProblem(text: string, name: string, part: 'expression' | 'filter'): Problem | null {
  const all = unsafe(text);
  const first = all.find((u) => u.kind === 'unsafe') ?? all[0];
  if (!first) return null;
  if (part === 'filter') return problem('filter-invalid', { name, reason: `it holds ${first.what}` });
  return first.kind === 'unsafe'
    ? problem('expression-unsafe', { name, what: first.what })
    : problem('expression-invalid', { name, reason: `it holds ${first.what}`, at: first.at });
}

function nameProblems(name: string, kind: string, within: string): readonly Problem[] {
  if (name.trim() === '') return [problem('name-empty', { table: within, kind })];
  return namePattern.test(name) ? [] : [problem('name-invalid', { name, used: kind })];
}

function groundOf(design: Design, table: DesignTable): Ground {
  const source = design.sources.find((s) => s.name === table.source);
  const columns = source?.columns ?? [];
  return {
    design,
    table,
    source,
    types: new Map(columns.map((c) => [folded(c.name), c.type])),
    columns: columns.map((c) => c.name),
  };
}

function checkTable(ground: Ground): readonly DesignProblem[] {
  const { table, source } = ground;
  const found: DesignProblem[] = [];
  const here = { table: table.name };
  if (!source) found.push({ problem: problem('table-missing', { table: table.source }), about: here });
  for (const column of table.grain) {
    const missing = columnProblem(ground, column, `The grain of ${table.name}`);
    if (missing) found.push({ problem: missing, about: here });
  }
  const names = new Set<string>();
  const circle = circleOf(table);
  const note = (kind: MemberRef['kind'], name: string, problems: readonly Problem[]) => {
    const about: MemberRef = { table: table.name, kind, name };
    for (const p of nameProblems(name, kind, table.name)) found.push({ problem: p, about });
    if (name !== '' && names.has(folded(name))) {
      found.push({ problem: problem('name-duplicate', { name, table: table.name }), about });
    }
    names.add(folded(name));
    for (const p of problems) found.push({ problem: p, about });
    const path = circle(name);
    if (path) {
      found.push({ problem: problem('expression-circular', { name, path: shortWay(path) }), about });
    }
  };
  for (const d of table.dimensions) note('dimension', d.name, checkDimension(ground, d));
  for (const m of table.measures) note('measure', m.name, checkMeasure(ground, m));
  for (const s of table.segments) note('segment', s.name, checkSegment(ground, s));
  return found;
}

/** A way of more than eight steps is told by its ends. */
function shortWay(path: readonly string[]): string {
  const steps = path.length <= 9 ? path : [...path.slice(0, 4), '…', ...path.slice(-4)];
  return steps.join(' → ');
}

function columnProblem(ground: Ground, column: string, used: string): Problem | null {
  if (ground.types.size === 0 || ground.types.has(folded(column))) return null;
  return problem('column-missing', { table: ground.table.source, column, used });
}

/** References to members that are not there, or that stand in tables without a way to them. */
function referenceProblems(ground: Ground, text: string, name: string): readonly Problem[] {
  const { design, table } = ground;
  return references(text).flatMap((r) => {
    const other = r.table === null || r.table === table.name ? table : tableOf(design, r.table);
    if (!other) return [problem('table-missing', { table: r.table ?? '' })];
    const member = r.member ?? '';
    if (!isMember(other, member, 'measure') && !isMember(other, member, 'dimension')) {
      return [problem('member-missing', { table: other.name, member, used: name })];
    }
    const joined =
      other === table ||
      design.joins.some(
        (j) =>
          (j.from === table.name && j.to === other.name) || (j.to === table.name && j.from === other.name),
      );
    const reason = `${other.name} is not joined to ${table.name}`;
    return joined ? [] : [problem('expression-invalid', { name, reason, at: r.at })];
  });
}

function isMember(table: DesignTable, name: string, kind: 'measure' | 'dimension'): boolean {
  return (kind === 'measure' ? table.measures : table.dimensions).some((m) => m.name === name);
}

/** The first reference of a text to a measure. */
function measureIn(ground: Ground, text: string) {
  return references(text).find((r) => {
    const table =
      r.table === null || r.table === ground.table.name ? ground.table : tableOf(ground.design, r.table);
    return table !== undefined && r.member !== null && isMember(table, r.member, 'measure');
  });
}

/** Columns that are missing, and functions that do not answer the same twice. */
function wordProblems(ground: Ground, text: string, name: string): readonly Problem[] {
  const missing =
    ground.types.size === 0
      ? []
      : columnsMissing(text, ground.columns, ground.table.source).map((p) => p.name);
  return [
    ...[...new Set(missing)].map((column) =>
      problem('column-missing', { table: ground.table.source, column, used: name }),
    ),
    ...unstableIn(text).map((f) =>
      problem(
        'expression-unsafe',
        { name, what: `${f.name}, which answers differently each time` },
        'warning',
      ),
    ),
  ];
}

/** Whether a text names a column or a member; a table whose columns are unknown gets the benefit of the doubt. */
function namesSomething(ground: Ground, text: string): boolean {
  if (references(text).length > 0) return true;
  return ground.types.size === 0 || columnsUsed(text, ground.columns, ground.table.source).length > 0;
}

function checkDimension(ground: Ground, d: Dimension): readonly Problem[] {
  if (d.column !== '') {
    const missing = columnProblem(ground, d.column, d.name);
    return missing ? [missing] : [];
  }
  if (d.expression.trim() === '') return [problem('expression-empty', { name: d.name })];
  const broken = textProblem(d.expression, d.name, 'expression');
  if (broken) return [broken];
  const aggregates = aggregateCalls(d.expression).length > 0 || measureIn(ground, d.expression) !== undefined;
  const words = wordProblems(ground, d.expression, d.name);
  return [
    ...(aggregates ? [problem('expression-aggregate', { name: d.name })] : []),
    ...referenceProblems(ground, d.expression, d.name),
    ...words,
    ...(words.length === 0 && !namesSomething(ground, d.expression)
      ? [problem('expression-no-column', { name: d.name })]
      : []),
  ];
}

function checkSegment(ground: Ground, s: Segment): readonly Problem[] {
  if (s.condition.trim() === '') return [problem('expression-empty', { name: s.name })];
  return conditionProblems(ground, s.condition, s.name);
}

function conditionProblems(ground: Ground, text: string, name: string): readonly Problem[] {
  const broken = textProblem(text, name, 'filter');
  if (broken) return [broken];
  const invalid = (reason: string) => problem('filter-invalid', { name, reason });
  const [aggregate] = aggregateCalls(text);
  const measure = measureIn(ground, text);
  const words = wordProblems(ground, text, name);
  return [
    ...(aggregate ? [invalid(`${aggregate.name}() aggregates, and a condition is about one row`)] : []),
    ...(measure ? [invalid(`{${measure.member}} is a measure, and a condition is about one row`)] : []),
    ...referenceProblems(ground, text, name),
    ...words,
    ...(words.length === 0 && !namesSomething(ground, text) ? [invalid('it names no column')] : []),
  ];
}

/** What a percentile or a weighted average needs besides its operand. */
function checkMore(ground: Ground, m: Measure): readonly Problem[] {
  if (m.aggregation === 'percentile') {
    const share = m.percentile ?? 0.9;
    const reason = 'a percentile is a share between 0 and 1';
    return share >= 0 && share <= 1
      ? []
      : [problem('expression-invalid', { name: m.name, reason, at: null })];
  }
  if (m.aggregation !== 'weighted_avg') return [];
  const weight = m.weight ?? '';
  if (weight === '') return [problem('measure-incomplete', { name: m.name, missing: 'weight' })];
  const missing = columnProblem(ground, weight, m.name);
  if (missing) return [missing];
  const type = ground.types.get(folded(weight));
  if (type === undefined || kindOf(type) === 'number') return [];
  const about = { name: m.name, aggregation: 'weight', column: weight, type };
  return [problem('aggregation-unfit', about)];
}

function checkMeasure(ground: Ground, m: Measure): readonly Problem[] {
  if (m.aggregation === 'ratio') return checkRatio(ground, m);
  if (m.aggregation === 'expression') return checkExpression(ground, m);
  return [
    ...checkOperand(ground, m),
    ...checkMore(ground, m),
    ...(m.filter.trim() === '' ? [] : conditionProblems(ground, m.filter, m.name)),
  ];
}

/** What is aggregated: a column, or one value per row. */
function checkOperand(ground: Ground, m: Measure): readonly Problem[] {
  const { name, aggregation, column, expression } = m;
  const title = aggregationTitle[aggregation];
  if (column !== '') {
    const missing = columnProblem(ground, column, name);
    if (missing) return [missing];
    const type = ground.types.get(folded(column));
    if (type === undefined || unfit(aggregation, kindOf(type)) === null) return [];
    return [problem('aggregation-unfit', { name, aggregation: title.toLowerCase(), column, type })];
  }
  if (expression.trim() === '') {
    return aggregation === 'count' ? [] : [problem('measure-incomplete', { name, missing: 'column' })];
  }
  const broken = textProblem(expression, name, 'expression');
  if (broken) return [broken];
  const [aggregate] = aggregateCalls(expression);
  const measure = measureIn(ground, expression);
  const twice = aggregate ?? measure;
  const what = aggregate ? `${aggregate.name}()` : `{${measure?.member}}`;
  const reason = `${title} takes one value per row, and ${what} aggregates already`;
  const words = wordProblems(ground, expression, name);
  return [
    ...(twice ? [problem('expression-invalid', { name, reason, at: twice.at })] : []),
    ...referenceProblems(ground, expression, name),
    ...words,
    ...(words.length === 0 && !namesSomething(ground, expression)
      ? [problem('expression-no-column', { name })]
      : []),
  ];
}

function checkRatio(ground: Ground, m: Measure): readonly Problem[] {
  return (['numerator', 'denominator'] as const).flatMap((missing): readonly Problem[] => {
    const member = m[missing];
    if (member === '') return [problem('measure-incomplete', { name: m.name, missing })];
    if (isMember(ground.table, member, 'measure')) return [];
    return [problem('member-missing', { table: ground.table.name, member, used: m.name })];
  });
}

function checkExpression(ground: Ground, m: Measure): readonly Problem[] {
  const { name, expression } = m;
  if (expression.trim() === '') return [problem('expression-empty', { name })];
  const broken = textProblem(expression, name, 'expression');
  if (broken) return [broken];
  const aggregates = aggregateCalls(expression);
  const countsRows = aggregates.some((a) => a.countsRows);
  const words = wordProblems(ground, expression, name);
  const empty = words.length === 0 && !countsRows && !namesSomething(ground, expression);
  const unresolved = referenceProblems(ground, expression, name);
  const rowLevel =
    aggregates.length === 0 && unresolved.length === 0 && measureIn(ground, expression) === undefined;
  return [
    ...unresolved,
    ...words,
    ...(empty ? [problem('expression-no-column', { name })] : []),
    ...(rowLevel && !empty ? [problem('expression-not-aggregate', { name })] : []),
  ];
}

/** Columns that do not compare as the join says. */
function unfitJoin(design: Design, join: Join): readonly DesignProblem[] {
  const name = (column: string) => column;
  try {
    joinSql(design, { from: join.from, to: join.to, on: join.on, join }, name, name);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [{ problem: error.problem, about: { table: join.from } }];
  }
}

function checkJoins(design: Design): readonly DesignProblem[] {
  return design.joins.flatMap((join) => {
    const used = `The join of ${join.from} and ${join.to}`;
    const ends = [join.from, join.to].map((name) => tableOf(design, name));
    const missing = [join.from, join.to]
      .filter((_, i) => !ends[i])
      .map((table) => ({ problem: problem('table-missing', { table }) }));
    const columns = join.on.flatMap((pair) =>
      ends.flatMap((table, i): readonly DesignProblem[] => {
        const absent = table && columnProblem(groundOf(design, table), pair[i === 0 ? 0 : 1], used);
        return absent ? [{ problem: absent, about: { table: table.name } }] : [];
      }),
    );
    return [
      ...missing,
      ...columns,
      ...(missing.length + columns.length === 0 ? unfitJoin(design, join) : []),
    ];
  });
}
