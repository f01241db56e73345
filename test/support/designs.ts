/**
 * Small designs for tests: one source with five readable rows, and members made with few words.
 */
import {
  type Design,
  type DesignTable,
  type Dimension,
  emptyDesign,
  type Measure,
  type Segment,
} from '#core/design/design';

const parts = { title: '', description: '', extra: {} };

export function measure(name: string, change: Partial<Measure>): Measure {
  return {
    ...parts,
    name,
    aggregation: 'sum',
    column: '',
    expression: '',
    numerator: '',
    denominator: '',
    filter: '',
    format: '',
    public: true,
    ...change,
  };
}

export function dimension(name: string, change: Partial<Dimension>): Dimension {
  return {
    ...parts,
    name,
    type: 'string',
    column: '',
    expression: '',
    primaryKey: false,
    public: true,
    format: '',
    ...change,
  };
}

export function segment(name: string, condition: string): Segment {
  return { ...parts, name, condition };
}

export function table(name: string, change: Partial<DesignTable>): DesignTable {
  return {
    ...parts,
    name,
    source: name,
    grain: [],
    dimensions: [],
    measures: [],
    segments: [],
    dismissed: [],
    muted: [],
    ...change,
  };
}

/** Five sales; the fourth has no amount. */
export const salesRows = `CREATE TABLE "sales" AS SELECT * FROM (VALUES
  (1, 'north', DATE '2024-01-05', 10.0, 2, ['a']),
  (2, 'north', DATE '2024-01-20', 30.0, 1, ['b']),
  (3, 'south', DATE '2024-02-03', 5.0, 4, ['a']),
  (4, 'south', DATE '2024-02-10', NULL, 3, NULL),
  (5, NULL, DATE '2024-02-28', 15.0, 0, ['a'])
) AS t("id", "region", "day", "amount", "pieces", "tags")`;

export const salesColumns = [
  { name: 'id', type: 'INTEGER' },
  { name: 'region', type: 'VARCHAR' },
  { name: 'day', type: 'DATE' },
  { name: 'amount', type: 'DECIMAL(3,1)' },
  { name: 'pieces', type: 'INTEGER' },
  { name: 'tags', type: 'VARCHAR[]' },
];

/** A design over `sales` with these members. */
export function salesDesign(change: Partial<DesignTable>): Design {
  return {
    ...emptyDesign,
    name: 'shop',
    sources: [{ name: 'sales', path: '/data/sales.csv', format: 'csv', columns: salesColumns, extra: {} }],
    tables: [table('sales', change)],
  };
}
