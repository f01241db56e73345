/**
 * Counting what passed and what failed, from the reports of the test runners.
 */

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** @type {Counts} */
export const none = { passed: 0, failed: 0, skipped: 0 };

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/**
 * One thing that is either right or wrong, such as the build.
 * @param {boolean} right @returns {Counts}
 */
export const check = (right) => (right ? { ...none, passed: 1 } : { ...none, failed: 1 });

/**
 * Counts from Vitest's JSON report. A file that could not even be loaded is one failed test; so is a run
 * that went wrong outside of any test, or left no report.
 *
 * @param {unknown} report The parsed report; undefined if there is none.
 * @param {number} code Exit code of the run.
 * @returns {Counts}
 */
export function countVitest(report, code) {
  if (!isRecord(report)) return { ...none, failed: 1 };
  const broken = list(report.testResults).filter(
    (file) => file.status === 'failed' && !list(file.assertionResults).some((one) => one.status === 'failed'),
  );
  return honest(
    {
      passed: number(report.numPassedTests),
      failed: number(report.numFailedTests) + broken.length,
      skipped: number(report.numPendingTests) + number(report.numTodoTests),
    },
    code,
  );
}

/**
 * Counts from Playwright's JSON report. A test that passed only when tried again is a failed one; an error
 * outside of any test is one more.
 *
 * @param {unknown} report The parsed report; undefined if there is none.
 * @param {number} code Exit code of the run.
 * @returns {Counts}
 */
export function countPlaywright(report, code) {
  if (!isRecord(report) || !isRecord(report.stats)) return { ...none, failed: 1 };
  const { stats } = report;
  return honest(
    {
      passed: number(stats.expected),
      failed: number(stats.unexpected) + number(stats.flaky) + list(report.errors).length,
      skipped: number(stats.skipped),
    },
    code,
  );
}

/**
 * The last line of a test run.
 * @param {Counts} counts
 */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * A run that reports no failure but ends as failed, or that ran nothing at all, has one.
 * @param {Counts} counts @param {number} code @returns {Counts}
 */
function honest(counts, code) {
  const silent = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isRecord = (value) => typeof value === 'object' && value !== null;
/** @param {unknown} value @returns {Record<string, unknown>[]} */
const list = (value) => (Array.isArray(value) ? value.filter(isRecord) : []);
/** @param {unknown} value */
const number = (value) => (typeof value === 'number' ? value : 0);
