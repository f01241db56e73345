#!/usr/bin/env node
/**
 * The command line: the same service as the window, without one.
 *
 * Results go to standard output, everything else to standard error. Exit codes: 0 done; 1 done, and a check failed; 2 wrong
 * use; 3 a problem with the input; 70 a fault of ours, with the place of the log.
 */
import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { Caller, Fault, version } from './cli/caller';
import { asJson, logFault, logFile, note, out } from './cli/terminal';
import type { AnswerOf, Ask } from './contract';
import { acceptAll, grainEdits, joinEdits } from './core/accept';
import { checkDesign, type DesignProblem } from './core/design/check';
import { type Design, emptyDesign } from './core/design/design';
import { sourceFrom } from './core/design/draft';
import { applyEdit } from './core/design/edit';
import { tableOver } from './core/design/member';
import { nameFrom, titleFrom } from './core/design/names';
import { placeholderAddress, targets } from './core/export/targets';
import { type Problem, ProblemError, remedy, words } from './core/problem';
import { hintOf } from './core/profile/alert/ask';
import { tableAlerts } from './core/profile/alerts';
import { acceptedFrom, suggest } from './core/profile/suggest';
import {
  exportAnswer,
  lintAnswer,
  loadAnswer,
  type Profiled,
  problemsAnswer,
  profileAnswer,
  queryAnswer,
  type TellPath,
} from './core/report/answer';
import { reportMarkdown } from './core/report/markdown';
import { type Reported, reportTitle } from './core/report/report';
import { answerCsv, receiptText } from './core/report/text';
import type { Dialect } from './core/source/receipt';
import type { Table } from './core/table';
import { stemOf } from './engine/engine';

function dialectFrom(text: string): Partial<Dialect> {
  const dialect: Record<string, string | number | boolean | string[]> = {};
  const texts = [
    'delimiter',
    'quote',
    'escape',
    'decimal',
    'dateFormat',
    'timestampFormat',
    'encoding',
    'comment',
  ];
  // A comma separates the settings unless it is escaped, because it is also a delimiter one may want to name.
  for (const part of text.split(/(?<!\\),/)) {
    const [key = '', ...rest] = part.split('=');
    const raw = rest.join('=').replaceAll('\\,', ',').replaceAll('\\t', '\t');
    if (texts.includes(key)) dialect[key] = raw;
    else if (key === 'header' && /^(true|false)$/.test(raw)) dialect[key] = raw === 'true';
    else if (['skip', 'footer', 'headerRows'].includes(key) && /^\d+$/.test(raw)) dialect[key] = Number(raw);
    else if (key === 'nulls') dialect[key] = raw.split('|');
    else
      throw new InvalidArgumentError(
        `unknown setting “${part}”; known: ${texts.join(', ')}, header, headerRows, skip, footer, nulls (words separated by |).`,
      );
  }
  return dialect as Partial<Dialect>;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('a whole number above 0 is wanted.');
  return Number(text);
}

const list = (text: string) => text.split(',').filter((part) => part !== '');
const gather = (value: string, before: string[]) => [...before, value];

/** Tells a path as it stood on the command line. */
function asGiven(files: readonly string[]): TellPath {
  const given = new Map(files.map((file) => [resolve(file), file]));
  return (path) => given.get(path) ?? path;
}

function commands(cli: Caller): Command {
  const program = new Command('assay')
    .description(
      'Reads raw files honestly, profiles them, drafts a data-product design and exports its spec. Works offline.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: note });

  program
    .command('load')
    .description('read files, of workbooks, archives and databases every part, and print their receipts')
    .argument('<files...>')
    .option('--dialect <settings>', 'how the text is written, as key=value,…', dialectFrom)
    .option('--json', 'print JSON')
    .action(async (files: string[], options: { dialect?: Partial<Dialect>; json?: boolean }) => {
      const tables = await cli.openParts(files, options.dialect);
      if (options.json) {
        const whole: Table[] = [];
        for (const table of tables) whole.push(await cli.whole(table));
        asJson(loadAnswer(whole, asGiven(files)));
      } else out(tables.map(receiptText).join('\n'));
    });

  program
    .command('convert')
    .description('read a file and write it out clean, each value as it stands in the file')
    .argument('<file>')
    .requiredOption('-o, --output <file>', 'what to write, .csv or .parquet')
    .option('--dialect <settings>', 'how the text is written, as key=value,…', dialectFrom)
    .option('--typed', 'write typed values, dates and times in ISO spelling')
    .option('--name-all', 'write a header of made-up names if the file has none')
    .action(
      async (
        file: string,
        options: { output: string; dialect?: Partial<Dialect>; typed?: boolean; nameAll?: boolean },
      ) => {
        if (!/\.(csv|parquet|pq)$/i.test(options.output))
          throw new InvalidArgumentError('--output must end with .csv or .parquet.');
        const table = await cli.ask('source:convert', {
          path: resolve(file),
          to: resolve(options.output),
          typed: options.typed === true,
          nameAll: options.nameAll === true,
          ...(options.dialect ? { dialect: options.dialect } : {}),
        });
        for (const warning of table.warnings) note(`${warning.message}. ${warning.remedy} [${warning.code}]`);
        note(`Wrote ${options.output}: ${table.rows} rows`);
      },
    );

  program
    .command('profile')
    .description('profile every column of files')
    .argument('<files...>')
    .option('--exact', 'no estimates, however long it takes')
    .option('--sample <rows>', 'figures from so many rows, drawn at random', wholeNumber)
    .option('--seed <number>', 'the same seed draws the same rows', wholeNumber, 1)
    .option('--columns <names>', 'only these columns, separated by commas', list, [])
    .option('--where <condition>', 'only rows that meet a condition in SQL', '')
    .option('--json', 'print JSON')
    .option('--html <file>', 'write a report that opens in any browser')
    .option('--md', 'print Markdown')
    .action(
      async (
        files: string[],
        options: {
          exact?: boolean;
          sample?: number;
          seed: number;
          columns: string[];
          where: string;
          json?: boolean;
          html?: string;
          md?: boolean;
        },
      ) => {
        const profiled: Profiled[] = [];
        const reported: Reported[] = [];
        for (const table of await cli.openAll(files)) {
          const profiles = await cli.profile(table, options.columns, options.where, {
            exact: options.exact === true,
            ...(options.sample === undefined ? {} : { sample: { rows: options.sample, seed: options.seed } }),
          });
          const asked = await cli.ask('table:alerts', {
            table: table.name,
            hints: profiles.map(hintOf),
            ...(options.where === '' ? {} : { where: options.where }),
          });
          const exact = options.exact === true;
          const duplicates =
            asked.duplicates !== null && !exact
              ? asked.duplicates
              : (await cli.ask('table:duplicates', { table: table.name, where: options.where, exact }))
                  .duplicates;
          for (const what of asked.unlooked) note(`${table.name}: not looked for: ${what}`);
          const found = { table, profiles, duplicates, alerts: tableAlerts(table, profiles, asked.alerts) };
          profiled.push(found);
          reported.push({ ...found, unlooked: asked.unlooked, muted: [] });
        }
        if (options.html !== undefined) {
          await cli.ask('report:write', {
            path: resolve(options.html),
            tables: reported.map((one) => ({ ...one, table: one.table.name })),
            where: options.where,
          });
          note(`Wrote ${options.html}`);
        }
        if (options.json) {
          const tables = profiled.map(({ table }) => table.name);
          const joins = tables.length < 2 ? [] : (await cli.ask('join:find', { tables })).candidates;
          asJson(profileAnswer(profiled, asGiven(files), joins));
        } else if (options.md || options.html === undefined) {
          const at = new Date().toISOString();
          const title = reportTitle(reported.map((one) => one.table.name));
          out(reportMarkdown(reported, { title, version, at, where: options.where }));
        }
      },
    );

  program
    .command('draft')
    .description(
      `draft a design from files, accepting every suggestion with a confidence of ${acceptedFrom} or more, and the joins found in the data with the keys they need`,
    )
    .argument('<files...>')
    .requiredOption('-o, --output <design>', 'the design to write, NAME.assay.yaml')
    .action(async (files: string[], options: { output: string }) => {
      const name = nameFrom(stemOf(options.output.replace(/(\.assay)?\.ya?ml$/i, '')));
      let design: Design = { ...emptyDesign, name, title: titleFrom(name) };
      const tables = await cli.openAll(files);
      for (const table of tables) {
        design = applyEdit(design, { verb: 'add-source', source: sourceFrom(table) });
        const suggestions = (await cli.profile(table, [], '', { exact: false }))
          .map((p) => suggest(table.name, p))
          .filter((s) => s.confidence >= acceptedFrom);
        const edit = acceptAll(design, table, suggestions);
        if (edit !== null) design = applyEdit(design, edit);
      }
      if (tables.length > 1) {
        const { candidates } = await cli.ask('join:find', { tables: tables.map((table) => table.name) });
        const confident = candidates.filter((candidate) => candidate.confident);
        for (const edit of joinEdits(design, confident)) design = applyEdit(design, edit);
      }
      // What is joined needs a key; one of several columns is no suggestion of any of them.
      for (const table of tables) {
        const over = tableOver(design, table.name);
        const joined = design.joins.some((j) => j.from === over?.name || j.to === over?.name);
        if (over === undefined || !joined || over.grain.length > 0) continue;
        const [grain] = (await cli.ask('grain:find', { table: table.name })).grains;
        const columns = table.columns.filter((column) => grain?.columns.includes(column.name));
        if (columns.length > 0)
          for (const edit of grainEdits(over, columns)) design = applyEdit(design, edit);
      }
      await cli.ask('design:save', { design, path: resolve(options.output) });
      const of = (kind: 'dimensions' | 'measures') => design.tables.reduce((n, t) => n + t[kind].length, 0);
      note(
        `Wrote ${options.output}: ${design.tables.length} tables, ${of('dimensions')} dimensions, ${of('measures')} measures, ${design.joins.length} joins`,
      );
    });

  program
    .command('query')
    .description('ask through the model')
    .argument('<design>')
    .option('--measures <members>', 'table.member, separated by commas', list, [])
    .option('--dimensions <members>', 'table.member, separated by commas', list, [])
    .addOption(
      new Option('--grain <grain>', 'of time dimensions').choices([
        'second',
        'minute',
        'hour',
        'day',
        'week',
        'month',
        'quarter',
        'year',
      ]),
    )
    .option('--segments <members>', 'table.member, separated by commas', list, [])
    .option('--where <condition>', 'a condition over members, in SQL')
    .option('--limit <rows>', 'at most this many rows', (text) => {
      if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number is wanted.');
      return Number(text);
    })
    .option('--source <name=path>', 'read a source from another file', gather, [])
    .option('--sql', 'print the SQL instead of running it')
    .option('--csv', 'print CSV')
    .option('--json', 'print JSON')
    .action(
      async (
        path: string,
        options: Ask<'design:query'>['query'] & {
          source: string[];
          sql?: boolean;
          csv?: boolean;
          json?: boolean;
        },
      ) => {
        const { measures, dimensions, segments, grain, where, limit } = options;
        if (measures.length + dimensions.length === 0)
          throw new InvalidArgumentError('name at least one of --measures and --dimensions.');
        const { design } = await cli.openDesign(path, options.source);
        const query = {
          measures,
          dimensions,
          segments,
          ...(grain ? { grain } : {}),
          ...(where ? { where } : {}),
          ...(limit === undefined ? {} : { limit }),
        };
        const answer = await cli.ask('design:query', { design, query });
        if (options.sql) out(answer.sql);
        else if (options.json) asJson(queryAnswer(answer));
        else out(answerCsv(answer));
        if (answer.more && !options.sql) note(`More rows exist; ${answer.rows.length} were printed.`);
      },
    );

  program
    .command('lint')
    .description('problems of a design')
    .argument('<design>')
    .option('--source <name=path>', 'read a source from another file', gather, [])
    .option('--json', 'print JSON')
    .action(async (path: string, options: { source: string[]; json?: boolean }) => {
      const { design, problems } = await cli.openDesign(path, options.source);
      const standing = checkDesign(design);
      const told = new Set(standing.map((p) => JSON.stringify(p.problem)));
      const found: DesignProblem[] = [
        // What the text of the design shows is not told a second time because the data shows it too.
        ...problems.filter((p) => !told.has(JSON.stringify(p))).map((p) => ({ problem: p })),
        ...standing,
        ...(await cli.ask('design:check', { design })),
      ];
      if (options.json) asJson(lintAnswer(found));
      else
        out(
          found.length === 0
            ? 'No problems.'
            : found.map((f) => `${f.problem.severity}: ${said(f.problem)}`).join('\n'),
        );
      if (found.some((f) => f.problem.severity === 'error')) cli.exit = 1;
    });

  program
    .command('export')
    .description('write the spec of a design')
    .argument('<design>')
    .requiredOption(
      '--target <names>',
      `targets separated by commas, or all (${targets.map((t) => t.name).join(', ')})`,
    )
    .requiredOption(
      '-o, --output <folder>',
      'the folder to write to; each target has a folder of its own in it',
    )
    .option('--catalog <name>', 'where the tables will stand', placeholderAddress.catalog)
    .option('--schema <name>', 'where the tables will stand', placeholderAddress.schema)
    .option('--replace', 'write into a folder that holds other files')
    .option('--json', 'print JSON')
    .action(
      async (
        path: string,
        options: {
          target: string;
          output: string;
          catalog: string;
          schema: string;
          replace?: boolean;
          json?: boolean;
        },
      ) => {
        const { design } = await cli.openDesign(path);
        const names = options.target === 'all' ? targets.map((t) => t.name) : list(options.target);
        const written: AnswerOf<'spec:write'>[] = [];
        for (const target of names) {
          const address = { catalog: options.catalog, schema: options.schema };
          written.push(
            await cli.ask('spec:write', {
              design,
              target,
              options: address,
              folder: join(resolve(options.output), target),
              replace: options.replace === true,
            }),
          );
        }
        if (options.json) asJson(exportAnswer(written));
        else {
          for (const { spec, folder, written: files } of written) {
            out(files.map((f) => join(folder, f)).join('\n'));
            for (const loss of spec.losses)
              note(`loss: ${loss.what}${loss.instead === '' ? '' : ` (put in ${loss.instead})`}`);
            for (const p of spec.problems)
              note(`${p.problem.severity}: ${p.path}:${p.line}: ${said(p.problem)}`);
          }
        }
        if (written.some((w) => w.spec.problems.some((p) => p.problem.severity === 'error'))) cli.exit = 1;
      },
    );

  return program;
}

function said(p: Problem): string {
  return `${words(p)}. ${remedy(p)} [${p.code}]`;
}

/** Runs one command line. @returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const cli = new Caller();
  try {
    await commands(cli).parseAsync([...args], { from: 'user' });
    return cli.exit;
  } catch (error) {
    if (error instanceof InvalidArgumentError) {
      note(`error: ${error.message}`);
      return 2;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof ProblemError) {
      note(said(error.problem));
      if (args.includes('--json')) asJson(problemsAnswer([error.problem]));
      return 3;
    }
    if (!(error instanceof Fault)) logFault(error);
    note(
      `Assay made a mistake: ${error instanceof Error ? error.message : String(error)}. The log is at ${logFile()}`,
    );
    return 70;
  } finally {
    await cli.close().catch(logFault);
  }
}

const started = process.argv[1];
if (started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
