import { describe, expect, it } from 'vitest';
import { add, check, countPlaywright, countVitest, none, summary } from '../../resources/run/counts.mjs';

describe('the last line', () => {
  it('counts what passed and failed, and what was skipped only if something was', () => {
    expect(summary({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(summary({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped');
  });

  it('adds up the steps', () => {
    const steps = [check(true), check(false), { passed: 5, failed: 1, skipped: 2 }];
    expect(summary(steps.reduce(add, none))).toBe('6 passed, 2 failed, 2 skipped');
  });
});

describe('the report of the unit tests', () => {
  const report = (more: object) => ({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    testResults: [],
    ...more,
  });

  it('is counted test by test', () => {
    expect(countVitest(report({ numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }), 1)).toEqual({
      passed: 3,
      failed: 2,
      skipped: 2,
    });
  });

  it('counts a file that could not be loaded as a failed test', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [] },
    ];
    expect(countVitest(report({ numFailedTests: 1, testResults }), 1).failed).toBe(2);
  });

  it('is a failure if it is missing, empty, or green although the run went wrong', () => {
    expect(countVitest(undefined, 1)).toEqual(check(false));
    expect(countVitest(report({ numPassedTests: 0 }), 0)).toEqual(check(false));
    expect(countVitest(report({}), 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });
});

describe('the report of the app tests', () => {
  it('counts a test that passed only when tried again as failed, and an error outside of any test', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats, errors: [{ message: 'no' }] }, 1)).toEqual({
      passed: 4,
      failed: 3,
      skipped: 2,
    });
  });

  it('is a failure if it is missing or holds no tests', () => {
    expect(countPlaywright(undefined, 1)).toEqual(check(false));
    expect(countPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } }, 0)).toEqual(
      check(false),
    );
  });
});
