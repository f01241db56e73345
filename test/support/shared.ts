/**
 * Files that may not ship and are only at hand on some machines. Tests over them say that they skip when they are absent.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = process.env.ASSAY_TEST_DATA ?? resolve(import.meta.dirname, '../../../shared/data');

/** The folder of such files, or null with a note that the tests over them are skipped. */
export const otherData: string | null = existsSync(folder) ? folder : null;
if (otherData === null)
  console.warn('The additional test data is absent (set ASSAY_TEST_DATA); tests over it are skipped.');
