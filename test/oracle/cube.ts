/**
 * Cube's own compiler over what Assay exports: the Lens model, in the words of Cube.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Design } from '../../src-main/core/design/design';
import type { ModelQuery } from '../../src-main/core/design/query';
import { lens } from '../../src-main/core/export/lens';

interface Compiler {
  readonly compiler: { compile(): Promise<void> };
  readonly joinGraph: unknown;
  readonly cubeEvaluator: unknown;
}

interface Packages {
  prepareCompiler(repository: object, options: object): Compiler;
  DuckDBQuery: new (compilers: object, query: object) => { buildSqlAndParams(): [string, unknown[]] };
}

/** The packages of Cube; null if they are not installed here. */
export function cubePackages(folder = import.meta.dirname): Packages | null {
  const require = createRequire(join(folder, 'package.json'));
  try {
    const { prepareCompiler } = require('@cubejs-backend/schema-compiler');
    const { DuckDBQuery } = require('@cubejs-backend/duckdb-driver/dist/src/DuckDBQuery.js');
    return { prepareCompiler, DuckDBQuery };
  } catch (error) {
    if ((error as { code?: string }).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

interface Entry {
  [key: string]: unknown;
}

/**
 * The files of a Lens model as one file of Cube: `tables` are cubes, a table's SQL stands in its place, a dimension's column is its
 * SQL, and {TABLE} is {CUBE}.
 */
export function cubeFile(design: Design): string {
  const { files } = lens.write(design, { catalog: '', schema: '' });
  const textOf = (path: string) => files.find((f) => f.path === path)?.text ?? '';
  const cubes = files
    .filter((f) => f.path.startsWith('model/tables/'))
    .map((file) => {
      const sql = /sql: \{\{ load_sql\('([^']+)'\) \}\}/.exec(file.text)?.[1] ?? '';
      const [table] = (parse(file.text.replace(/sql: \{\{[^\n]*/, 'sql: ""')) as { tables: Entry[] }).tables;
      const dimensions = ((table?.dimensions ?? []) as Entry[]).map(({ column, ...rest }) =>
        column === undefined ? rest : { ...rest, sql: `{TABLE}.${String(column)}` },
      );
      return {
        ...table,
        sql: textOf(`model/sqls/${sql}.sql`)
          .replace(/^--.*$/gm, '')
          .replace(/ --.*$/gm, '')
          .trim(),
        dimensions,
      };
    });
  return stringify({ cubes }, { lineWidth: 0 }).replaceAll('{TABLE', '{CUBE');
}

export class Cube {
  private constructor(
    private readonly packages: Packages,
    private readonly compilers: Compiler,
  ) {}

  /** @throws Error with what the compiler does not accept. */
  static async of(packages: Packages, design: Design): Promise<Cube> {
    const nativeInstance = {
      newJinjaEngine: () => ({
        loadTemplate() {},
        renderTemplate() {
          throw new Error('the model has marks of a template');
        },
      }),
      loadPythonContext: async () => ({ filters: {}, variables: {}, functions: {} }),
    };
    const content = cubeFile(design);
    const repository = {
      localPath: () => '.',
      dataSchemaFiles: async () => [{ fileName: 'model.yml', content }],
    };
    const compilers = packages.prepareCompiler(repository, { nativeInstance });
    await compilers.compiler.compile();
    return new Cube(packages, compilers);
  }

  /** The SQL with which Cube answers; null if it says that nothing joins the tables. @throws Error for any other complaint. */
  sql(query: ModelQuery): string | null {
    const times = query.dimensions.filter((d) => d.endsWith('.at'));
    const asked = {
      timezone: 'UTC',
      useNativeSqlPlanner: false,
      measures: query.measures,
      dimensions: query.dimensions.filter((d) => !times.includes(d)),
      segments: query.segments,
      timeDimensions: times.map((dimension) => ({ dimension, granularity: query.grain })),
      filters: (query.filters ?? []).map(({ member, operator, values }) => ({
        member,
        operator,
        values: values.map(String),
      })),
    };
    try {
      const [sql, parameters] = new this.packages.DuckDBQuery(this.compilers, asked).buildSqlAndParams();
      let i = 0;
      return sql.replaceAll('?', () => {
        const value = parameters[i++];
        return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
      });
    } catch (error) {
      if (/Can't find join path/.test(String(error))) return null;
      throw error;
    }
  }
}
