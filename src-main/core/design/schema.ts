/**
 * The shape of a design file, version 1. Unknown keys are allowed everywhere and kept.
 */
import { z } from 'zod';
import { aggregations } from '../aggregation';
import { chartChoices } from './design';
import { grains, operators } from './query/question';

/** The version that is written, and the newest that is read. */
export const designVersion = 1;

const text = z.string().default('');
const title = text.describe('What people read.');
const description = text.describe('Free text.');
const name = z.string().describe('A letter, then letters, digits and underscores.');

export const dialectShape = z.looseObject({
  delimiter: z.string().optional(),
  quote: z.string().optional(),
  escape: z.string().optional(),
  header: z.boolean().optional(),
  skip: z.int().min(0).optional(),
  newline: z.string().optional(),
  encoding: z.string().optional(),
  date_format: z.string().nullable().optional(),
  timestamp_format: z.string().nullable().optional(),
  nulls: z.array(z.string()).optional(),
  decimal: z.string().optional(),
  header_rows: z.int().min(0).optional(),
  footer: z.int().min(0).optional(),
  comment: z.string().optional(),
  columns: z
    .array(
      z.looseObject({
        column: z.string(),
        as: z.enum(['text', 'whole', 'number', 'date', 'timestamp', 'time', 'boolean']),
        formats: z.array(z.string()).optional(),
        decimal: z.string().optional(),
        grouping: z.string().optional(),
        currency: z.string().optional(),
        percent: z.boolean().optional(),
        yes: z.array(z.string()).optional(),
        no: z.array(z.string()).optional(),
        nulls: z.array(z.string()).optional(),
      }),
    )
    .optional()
    .describe('How the values of columns are spelt, where that was told.'),
});

export const partShape = z.looseObject({
  sheet: z.string().optional(),
  range: z.string().optional(),
  entry: z.string().optional(),
});

export const columnShape = z.looseObject({ name: z.string(), type: z.string() });

export const sourceShape = z
  .looseObject({
    name: z.string().describe('Also the name of the table it is read as.'),
    path: z.string().optional().describe('Relative to the folder of this file, with /. Of a file only.'),
    query: z
      .string()
      .optional()
      .describe('One SELECT of DuckDB over the names of other sources. Of the format query only.'),
    format: z.enum(['csv', 'parquet', 'json', 'xlsx', 'duckdb', 'query']),
    part: partShape.optional().describe('Of a workbook, an archive or a database: what of it is read.'),
    dialect: dialectShape.optional().describe('What was set by hand; the rest is detected.'),
    columns: z.array(columnShape).default([]).describe('The columns and their DuckDB types, as last read.'),
    dismissed: z
      .array(z.string())
      .optional()
      .describe('Columns for which another reading was proposed and dismissed.'),
  })
  .superRefine((source, ctx) => {
    const [key, said] =
      source.format === 'query' ? (['query', source.query] as const) : (['path', source.path] as const);
    if (said === undefined)
      ctx.addIssue({
        code: 'invalid_type',
        expected: 'string',
        path: [key],
        input: undefined,
        message: 'received undefined',
      });
  });

export const dimensionShape = z.looseObject({
  name,
  title,
  description,
  type: z.enum(['string', 'number', 'time', 'boolean']),
  column: text.describe('A column of the source; or else there is an expression.'),
  expression: text.describe('DuckDB SQL over columns and {members}, one value per row.'),
  primary_key: z.boolean().default(false),
  public: z.boolean().default(true),
  format: text,
});

export const measureShape = z.looseObject({
  name,
  title,
  description,
  aggregation: z.enum(aggregations),
  column: text,
  expression: text.describe('DuckDB SQL; aggregates by itself only if the aggregation is expression.'),
  numerator: text.describe('For a ratio: a measure of this table.'),
  denominator: text.describe('For a ratio: a measure of this table.'),
  percentile: z.number().min(0).max(1).optional().describe('For a percentile: a share; 0.9 if absent.'),
  weight: z.string().optional().describe('For a weighted average: a column of the source.'),
  filter: text.describe('A condition on the rows that take part.'),
  format: text,
  public: z.boolean().default(true),
});

export const segmentShape = z.looseObject({ name, title, description, condition: text });

export const dismissedShape = z.looseObject({ column: z.string(), reason: text });

export const mutedShape = z.looseObject({
  alert: z.string().describe('The kind of the alert.'),
  column: z.string().optional().describe('Left out if the alert is about the table.'),
  reason: text,
});

export const tableShape = z.looseObject({
  name,
  source: z.string().describe('The name of the source it reads.'),
  title,
  description,
  grain: z.array(z.string()).default([]).describe('Columns that identify a row.'),
  dimensions: z.array(dimensionShape).default([]),
  measures: z.array(measureShape).default([]),
  segments: z.array(segmentShape).default([]),
  dismissed: z.array(dismissedShape).default([]).describe('Columns whose suggestion was dismissed.'),
  muted: z.array(mutedShape).default([]).describe('Alerts that need no look, and why.'),
});

export const joinShape = z.looseObject({
  from: z.string(),
  to: z.string(),
  relationship: z.enum(['one_to_one', 'one_to_many', 'many_to_one']),
  on: z.array(z.tuple([z.string(), z.string()])).describe('Pairs: a column of from, a column of to.'),
  comparison: z
    .enum(['number', 'text'])
    .optional()
    .describe(
      'How keys are compared: 007 is 7 as a number; as texts, case and blanks around them say nothing.',
    ),
});

const members = z.array(z.string()).default([]);

export const filterShape = z.looseObject({
  member: z.string(),
  operator: z.enum(operators),
  values: z.array(z.union([z.string(), z.number(), z.boolean()])).default([]),
});

export const orderShape = z.looseObject({ member: z.string(), descending: z.boolean().default(false) });

export const rangeShape = z.looseObject({
  dimension: z.string(),
  from: z.string().describe('The first day.'),
  to: z.string().describe('The last day.'),
});

export const queryShape = z.looseObject({
  measures: members.describe('table.measure'),
  dimensions: members.describe('table.dimension, with the grain of a time: table.dimension.month'),
  segments: members.describe('table.segment'),
  grain: z.enum(grains).optional().describe('For time dimensions that name none of their own.'),
  filters: z.array(filterShape).optional(),
  where: z.string().optional().describe('A condition over columns and {dimensions}, or over {measures}.'),
  order: z.array(orderShape).optional().describe('First the first.'),
  range: rangeShape.optional(),
  fill: z.boolean().optional().describe('Whether times without rows are in the answer.'),
  limit: z.int().min(0).optional(),
  offset: z.int().min(0).optional(),
});

export const explorationShape = z.looseObject({
  name,
  title,
  query: queryShape,
  chart: z.enum(chartChoices).default('auto'),
  pivot: text.describe('A dimension of the query that is laid over columns.'),
  compare: z.boolean().default(false).describe('Whether the range of time before stands beside.'),
});

export const designShape = z.looseObject({
  assay: z.literal(designVersion).describe('The version of the format.'),
  name: name.default('untitled'),
  title,
  description,
  sources: z.array(sourceShape).default([]),
  tables: z.array(tableShape).default([]),
  joins: z.array(joinShape).default([]),
  explorations: z.array(explorationShape).default([]).describe('Questions that are kept.'),
});

/** The JSON Schema of a design file, as it is shipped in resources/schema/design.schema.json. */
export function designSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(designShape, { io: 'input' });
  return { ...schema, title: 'Assay design', description: 'A data product under design, version 1.' };
}
