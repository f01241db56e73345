/**
 * The columns of tables that can be keys of joins, each in the forms in which its values are compared, with what scans say
 * of them.
 */
import { isKeyName } from '../core/grain/name';
import { formsOf, type Texts } from '../core/join/fit';
import {
  type Extent,
  extentParts,
  type Form,
  modulusFor,
  readSketch,
  type Sketch,
  sketchSql,
} from '../core/join/sketch';
import { identifier } from '../core/sql';
import type { Cell, Column } from '../core/table';
import type { Reach } from './engine';
import type { Search } from './join-find';

/** Columns of a table, and columns of one statement. */
const COLUMNS = 120;
const BATCH = 24;
/** Rows from which texts are judged. */
const SAMPLE = 2_000;

/** A column in one form. */
export interface Facet {
  readonly table: string;
  readonly column: Column;
  readonly form: Form;
  readonly texts: Texts;
  readonly extent: Extent;
  /** Whether the texts of both are looked at as texts too, and are the same there. */
  alike(other: Facet): boolean;
}

const noTexts: Texts = { length: 0, numeric: 0 };

export class Facets {
  readonly all: Facet[] = [];
  private readonly sketches = new Map<Facet, Sketch>();
  private readonly looked = new Set<string>();

  constructor(private readonly search: Search) {}

  get columns(): number {
    return this.looked.size;
  }

  async survey(progress: (share: number) => void): Promise<void> {
    const { reaches } = this.search;
    for (const [i, reach] of [...reaches.values()].entries()) {
      progress(i / reaches.size);
      await this.surveyTable(reach);
    }
  }

  /** The sketch of a facet, taken when it is first needed. */
  async sketch(facet: Facet): Promise<Sketch> {
    const known = this.sketches.get(facet);
    if (known !== undefined) return known;
    const { from } = this.search.reaches.get(facet.table)!;
    const modulus = modulusFor(facet.extent.distinct);
    const { rows } = await this.search.query(sketchSql(from, facet.column, facet.form, modulus));
    const sketch = readSketch(rows, modulus);
    this.sketches.set(facet, sketch);
    return sketch;
  }

  private async surveyTable(reach: Omit<Reach, 'query'>): Promise<void> {
    const { name } = reach.table;
    const columns = this.chosen(reach);
    const texts = await this.textsOf(reach, columns);
    const forms = columns.flatMap((column) =>
      formsOf(column, texts.get(column) ?? noTexts).map((form) => ({ column, form })),
    );
    for (let first = 0; first < forms.length; first += BATCH) {
      const some = forms.slice(first, first + BATCH);
      const parts = some.flatMap(({ column, form }) => extentParts(column, form));
      const row = (await this.search.query(`SELECT ${parts.join(', ')} FROM ${reach.from}`)).rows[0] ?? [];
      for (const [i, { column, form }] of some.entries()) {
        const extent = extentOf(row.slice(4 * i, 4 * i + 4));
        this.looked.add(JSON.stringify([name, column.name]));
        const facet: Facet = {
          table: name,
          column,
          form,
          texts: texts.get(column) ?? noTexts,
          extent,
          alike: (other) => this.alike(facet, other),
        };
        this.all.push(facet);
      }
    }
  }

  private alike(a: Facet, b: Facet): boolean {
    const [one, other] = [a, b].map((f) => {
      const text = this.all.find((x) => x.table === f.table && x.column === f.column && x.form === 'text');
      return text === undefined ? undefined : this.sketches.get(text);
    });
    if (one === undefined || other === undefined) return false;
    const modulus = Math.max(one.modulus, other.modulus);
    return [...one.hashes].some((h) => h % modulus === 0 && other.hashes.has(h));
  }

  private chosen({ table }: Omit<Reach, 'query'>): readonly Column[] {
    const fit = table.columns.filter((c) => c.kind !== 'nested' && c.kind !== 'boolean');
    if (fit.length <= COLUMNS) return fit;
    this.search.notes.push(
      `Of ${fit.length.toLocaleString('en-US')} columns of ${table.name} ${COLUMNS} were looked at: those named like keys, and the first.`,
    );
    return [...fit.filter((c) => isKeyName(c.name)), ...fit.filter((c) => !isKeyName(c.name))].slice(
      0,
      COLUMNS,
    );
  }

  private async textsOf(
    reach: Omit<Reach, 'query'>,
    columns: readonly Column[],
  ): Promise<ReadonlyMap<Column, Texts>> {
    const texts = columns.filter((c) => c.kind === 'text');
    if (texts.length === 0) return new Map();
    const parts = texts.flatMap((c) => {
      const text = `${identifier(c.name)}::VARCHAR`;
      return [`avg(strlen(${text}))`, `count(TRY_CAST(trim(${text}) AS DOUBLE)) / nullif(count(${text}), 0)`];
    });
    const sample = reach.sample(SAMPLE);
    const row = (await this.search.query(`SELECT ${parts.join(', ')} FROM ${sample.from}`)).rows[0] ?? [];
    return new Map(
      texts.map((c, i) => [c, { length: Number(row[2 * i] ?? 0), numeric: Number(row[2 * i + 1] ?? 0) }]),
    );
  }
}

function extentOf([filled, distinct, low, high]: readonly Cell[]): Extent {
  const end = (cell: Cell | undefined) => (cell === null || cell === undefined ? null : Number(cell));
  return { filled: Number(filled), distinct: Number(distinct), low: end(low), high: end(high) };
}
