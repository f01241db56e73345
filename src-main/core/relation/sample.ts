/**
 * Coefficients on a sample in memory: any pair, any coefficient, in well under a millisecond.
 */
import { binEdges, binned, type Codes, codesOf, countsOf, cramer, eta, groupsOf, mutual } from './category';
import { coefficientFor } from './plan';
import { type Figure, kendall, orderOf, pearson, spearman } from './rank';
import { type Association, CATEGORIES, type Coefficient, KENDALL_ROWS, type RelatedColumn } from './relation';

/** Why a column cannot be related; null if it can. @param filled Values of the sample. */
export function unfit(
  { column, scale }: RelatedColumn,
  filled: number,
  distinct: number,
  whole: boolean,
): string | null {
  const where = whole ? '' : ' in the sample';
  if (filled === 0) return `it has no ${scale === 'number' ? 'finite ' : ''}value${where}`;
  if (distinct === 1) return `all its values are equal${where}`;
  if (scale !== 'category' || column.kind === 'boolean') return null;
  if (distinct > CATEGORIES || distinct * 5 > Math.max(filled, 40))
    return `it has ${distinct.toLocaleString('en-US')} different texts in ${filled.toLocaleString('en-US')} rows${where}, too many for categories`;
  return null;
}

export class SampleRelations {
  private readonly orders = new Map<number, Uint32Array>();
  private readonly codes = new Map<number, Codes>();
  private readonly bins = new Map<number, readonly number[]>();
  private readonly thin = new Map<number, Float64Array>();

  /** @param values Of each column, NaN where there is none. @param whole Whether these are all rows. */
  constructor(
    private readonly columns: readonly RelatedColumn[],
    private readonly values: readonly Float64Array[],
    private readonly whole: boolean,
  ) {}

  /** The association of two columns, a < b; null if the wanted coefficient does not fit them. */
  pair(a: number, b: number, wanted: Coefficient | 'auto'): Association | null {
    const coefficient = coefficientFor(wanted, this.columns[a]!.scale, this.columns[b]!.scale);
    if (coefficient === null) return null;
    const part = coefficient === 'kendall' && (this.values[a]?.length ?? 0) > KENDALL_ROWS;
    const basis = this.whole && !part ? 'exact' : 'sample';
    return { a, b, coefficient, basis, ...this.figure(a, b, coefficient) };
  }

  /** Edges of the bins of a number or time, for `mutual`. */
  edges(column: number): readonly number[] {
    return kept(this.bins, column, () => binEdges(this.values[column]!));
  }

  private figure(a: number, b: number, coefficient: Coefficient): Figure {
    const [x, y] = [this.values[a]!, this.values[b]!];
    switch (coefficient) {
      case 'pearson':
        return pearson(x, y);
      case 'spearman':
        return spearman(x, y, this.order(a), this.order(b));
      case 'kendall':
        return kendall(this.thinned(a), this.thinned(b));
      case 'cramer':
        return cramer(countsOf(this.coded(a), this.coded(b)));
      case 'eta':
        return this.columns[a]!.scale === 'category'
          ? eta(groupsOf(this.coded(a), y))
          : eta(groupsOf(this.coded(b), x));
      default:
        return mutual(countsOf(this.coded(a), this.coded(b)));
    }
  }

  private order(column: number): Uint32Array {
    return kept(this.orders, column, () => orderOf(this.values[column]!));
  }

  private coded(column: number): Codes {
    return kept(this.codes, column, () =>
      this.columns[column]!.scale === 'category'
        ? codesOf(this.values[column]!)
        : binned(this.values[column]!, this.edges(column)),
    );
  }

  /** Rows at equal distances, few enough for comparing them pair by pair. */
  private thinned(column: number): Float64Array {
    return kept(this.thin, column, () => {
      const values = this.values[column]!;
      if (values.length <= KENDALL_ROWS) return values;
      const step = values.length / KENDALL_ROWS;
      return Float64Array.from({ length: KENDALL_ROWS }, (_, i) => values[Math.floor(i * step)]!);
    });
  }
}

function kept<T>(known: Map<number, T>, key: number, make: () => T): T {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
