// What a stage of `npm test` counts, and how that is said.
import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} failures   what failed, and how
 * @property {readonly string[]} flaky      what failed once and passed when it was run again: with the failure
 */

/** @type {Counts} */
export const noCounts = { passed: 0, failed: 0, skipped: 0, failures: [], flaky: [] };

/**
 * The sum of two.
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export function addCounts(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
    flaky: [...a.flaky, ...b.flaky],
  };
}

/**
 * What a stage wrote to its file; undefined when that is nothing usable.
 * @param {string} file
 * @returns {Counts | undefined}
 */
export function readCounts(file) {
  try {
    return asCounts(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * @param {Partial<Counts>} written
 * @returns {Counts | undefined}
 */
function asCounts({ passed, failed, skipped, failures = [], flaky = [] }) {
  if (!isCount(passed) || !isCount(failed) || !isCount(skipped)) return undefined;
  return { passed, failed, skipped, failures, flaky };
}

/**
 * @param {unknown} value
 * @returns {value is number}
 */
function isCount(value) {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/**
 * What a stage counted, by what it wrote and how its commands ended: one that wrote nothing is one
 * test, and one that ended badly has failed at least once.
 * @param {Counts | undefined} written
 * @param {boolean} isWell
 * @returns {Counts}
 */
export function stageCounts(written, isWell) {
  if (written === undefined) return { ...noCounts, [isWell ? 'passed' : 'failed']: 1 };
  return !isWell && written.failed === 0 ? { ...written, failed: 1 } : written;
}

/**
 * The counts in words: `12 passed, 0 failed`, with what was skipped or flaky where there is any.
 * @param {Counts} counts
 */
export function describeCounts({ passed, failed, skipped, flaky }) {
  const rest = [
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(flaky.length > 0 ? [`${flaky.length} flaky`] : []),
  ];
  return [`${passed} passed, ${failed} failed`, ...rest].join(', ');
}
