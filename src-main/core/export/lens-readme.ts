/**
 * README.md of a Lens model: what is in the folder, what to set before it runs, and what could not be said.
 */
import type { Design } from '../design/design';
import type { LensPlan } from './lens-plan';
import { newPage, oneLine } from './page';
import type { Loss, SpecFile, TargetOptions } from './target';

/** Text that Markdown shows as it is. */
function shown(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>#|]/g, (c) => `\\${c}`);
}

function counted(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}

function purpose(path: string): string {
  if (path.startsWith('model/sqls/')) return 'the columns of a table, in the SQL of its source';
  if (path.startsWith('model/tables/')) return 'the dimensions, measures and segments of a table';
  return 'who may read the model';
}

export function readme(
  design: Design,
  plan: LensPlan,
  options: TargetOptions,
  files: readonly SpecFile[],
  losses: readonly Loss[],
): SpecFile {
  const page = newPage();
  page.line(`# ${shown(design.title || design.name)}`);
  page.line();
  for (const text of design.description.split(/\r?\n/).filter((l) => l.trim() !== '')) page.line(shown(text));
  if (design.description.trim() !== '') page.line();
  page.line('A semantic model for DataOS Lens 2.0.');
  page.line();

  page.line('## What is in it');
  page.line();
  if (plan.tables.length === 0) page.line('No table: nothing is drafted yet.');
  for (const { table, name } of plan.tables) {
    const { dimensions, measures, segments } = table;
    const parts = [
      counted(dimensions.length, 'dimension'),
      counted(measures.length, 'measure'),
      counted(segments.length, 'segment'),
    ];
    page.line(`- \`${name}\`: ${parts.join(', ')}`, { table: table.name });
  }
  page.line();
  for (const { path } of files) page.line(`- \`${path}\`: ${purpose(path)}`);
  page.line();

  page.line('## What to set');
  page.line();
  const address = [options.catalog, options.schema].filter((part) => part !== '').map(shown);
  page.line(
    `- The address of each table in \`model/sqls\`: it stands as ${[...address, 'table'].join('.')}.`,
  );
  page.line('- The groups in `model/user_groups.yml`: everyone may read everything. Keep `default` last.');
  page.line();

  page.line('## What Lens cannot say');
  page.line();
  if (losses.length === 0) page.line('Nothing is lost.');
  for (const { what, instead } of losses) {
    page.line(`- ${shown(what)}${instead === '' ? ' (left out)' : ` (see \`${instead}\`)`}`);
  }
  return page.file('README.md', 'markdown');
}
