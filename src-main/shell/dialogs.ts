/**
 * The system's dialogs for files and folders. Called through the module object, so that a test can answer for the user.
 */
import { type BaseWindow, dialog } from 'electron';

const tables = {
  name: 'Tables',
  extensions: [
    'csv',
    'tsv',
    'tab',
    'psv',
    'txt',
    'dat',
    'parquet',
    'pq',
    'json',
    'jsonl',
    'ndjson',
    'xlsx',
    'xlsm',
    'duckdb',
    'gz',
    'zst',
    'zip',
  ],
};
const designs = { name: 'Assay design', extensions: ['assay.yaml', 'assay.yml', 'yaml', 'yml'] };
const everything = { name: 'All files', extensions: ['*'] };

export async function openFiles(over: BaseWindow): Promise<readonly string[]> {
  const answer = await dialog.showOpenDialog(over, {
    title: 'Open files',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { ...tables, extensions: [...tables.extensions, ...designs.extensions] },
      tables,
      designs,
      everything,
    ],
  });
  return answer.canceled ? [] : answer.filePaths;
}

export async function openDesign(over: BaseWindow): Promise<string | null> {
  const answer = await dialog.showOpenDialog(over, {
    title: 'Open design',
    properties: ['openFile'],
    filters: [designs, everything],
  });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

/** The path always ends in `.assay.yaml` or `.assay.yml`, so that it opens as a design again. */
export async function saveDesign(over: BaseWindow, suggested: string): Promise<string | null> {
  const answer = await dialog.showSaveDialog(over, {
    title: 'Save design',
    defaultPath: suggested,
    filters: [{ name: 'Assay design', extensions: ['assay.yaml'] }],
  });
  if (answer.canceled || !answer.filePath) return null;
  const path = answer.filePath;
  return /\.assay\.ya?ml$/i.test(path) ? path : `${path.replace(/(\.assay)?(\.ya?ml)?$/i, '')}.assay.yaml`;
}

/** The path ends in `.html` or `.md`, by which the report is written. */
export async function saveReport(over: BaseWindow, suggested: string): Promise<string | null> {
  const answer = await dialog.showSaveDialog(over, {
    title: 'Save report',
    defaultPath: suggested,
    filters: [
      { name: 'Web page', extensions: ['html'] },
      { name: 'Markdown', extensions: ['md'] },
    ],
  });
  if (answer.canceled || !answer.filePath) return null;
  return /\.(html?|md)$/i.test(answer.filePath) ? answer.filePath : `${answer.filePath}.html`;
}

/** The path always ends in `.csv`. */
export async function saveFigures(over: BaseWindow, suggested: string): Promise<string | null> {
  const answer = await dialog.showSaveDialog(over, {
    title: 'Save statistics',
    defaultPath: suggested,
    filters: [{ name: 'CSV', extensions: ['csv'] }],
  });
  if (answer.canceled || !answer.filePath) return null;
  return /\.csv$/i.test(answer.filePath) ? answer.filePath : `${answer.filePath}.csv`;
}

export async function chooseFolder(over: BaseWindow): Promise<string | null> {
  const answer = await dialog.showOpenDialog(over, {
    title: 'Choose a folder for the spec',
    properties: ['openDirectory', 'createDirectory'],
  });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}
