/**
 * Where Assay keeps its own files when no window says so: by the habits of each system.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The app's data: journal and logs. `ASSAY_USER_DATA` overrides it. */
export function dataFolder(): string {
  const { ASSAY_USER_DATA, APPDATA, XDG_CONFIG_HOME } = process.env;
  if (ASSAY_USER_DATA) return ASSAY_USER_DATA;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Assay');
  if (process.platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Assay');
  return join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'Assay');
}

/** Copies of what was read, and what does not fit in memory; may be deleted. `ASSAY_USER_DATA` overrides it. */
export function cacheFolder(): string {
  const { ASSAY_USER_DATA, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (ASSAY_USER_DATA) return join(ASSAY_USER_DATA, 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Assay');
  if (process.platform === 'win32')
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Assay', 'Cache');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'assay', 'data');
}
