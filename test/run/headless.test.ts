import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputFolder } from '../../resources/run/headless.mjs';

let caller: string;
beforeEach(() => {
  caller = mkdtempSync(path.join(tmpdir(), 'assay-caller-'));
});
afterEach(() => rmSync(caller, { recursive: true }));

describe('the folder of a run without a window', () => {
  it('is made where npm was called', () => {
    const folder = outputFolder({ INIT_CWD: caller });
    expect(folder).toBe(path.join(caller, 'assay-sample-run'));
    expect(existsSync(folder)).toBe(true);
  });

  it('is emptied of an earlier run', () => {
    const folder = outputFolder({ INIT_CWD: caller });
    mkdirSync(path.join(folder, 'spec'));
    writeFileSync(path.join(folder, 'report.html'), 'old');
    expect(outputFolder({ INIT_CWD: caller })).toBe(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is another one if it holds files of the user, which stay', () => {
    const folder = outputFolder({ INIT_CWD: caller });
    writeFileSync(path.join(folder, 'report.html'), 'kept too');
    writeFileSync(path.join(folder, 'notes.txt'), 'mine');
    const other = outputFolder({ INIT_CWD: caller });
    expect(other.startsWith(caller)).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'report.html']);
    rmSync(other, { recursive: true });
  });

  it('is what ASSAY_OUT says, or nothing if that holds files of the user', () => {
    expect(outputFolder({ INIT_CWD: caller, ASSAY_OUT: 'deep/er' })).toBe(path.join(caller, 'deep', 'er'));
    writeFileSync(path.join(caller, 'notes.txt'), 'mine');
    expect(() => outputFolder({ INIT_CWD: caller, ASSAY_OUT: '.' })).toThrow('holds other files, such as');
  });
});
