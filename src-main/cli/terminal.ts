/**
 * Where the command line writes: results to standard output, notes to standard error, faults to a log.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataFolder } from '../engine/folders';

// A reader such as `head` closes early: what it did not want is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

/** A result. Ends its last line. */
export function out(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Anything that is not a result. */
export function note(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function asJson(value: unknown): void {
  out(JSON.stringify(value, null, 2));
}

export function logFile(): string {
  return join(dataFolder(), 'logs', 'cli.log');
}

export function logFault(error: unknown): void {
  const text = `${new Date().toISOString()} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
  try {
    mkdirSync(dirname(logFile()), { recursive: true });
    appendFileSync(logFile(), text);
  } catch (unwritable) {
    note(`The log could not be written: ${String(unwritable)}\n${text}`);
  }
}
