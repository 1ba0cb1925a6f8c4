// Mocha's `spec` reporter, which also writes the counts to the file that AGENT_EXECUTOR_RESULTS
// names: { "passed", "failed", "skipped", "failures", "flaky" }, the format of scripts/test.mjs.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/**
 * A failed test in a few lines.
 * @param {Mocha.Runnable} test
 * @param {unknown} error
 */
function describeFailure(test, error) {
  const message = messageOf(error);
  return `${test.fullTitle()}\n${message.slice(0, 3000)}`;
}

/**
 * Of files that run at once in processes of their own, errors come as plain objects.
 * @param {unknown} error
 */
function messageOf(error) {
  if (typeof error !== 'object' || error === null) return String(error);
  const { stack, message } = /** @type {{ stack?: unknown, message?: unknown }} */ (error);
  if (typeof stack === 'string') return stack;
  return typeof message === 'string' ? message : JSON.stringify(error);
}

export default class CountingReporter extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {string[]} */
    const told = [];
    /** @type {Map<string, string>} */
    const retried = new Map();
    /** @type {string[]} */
    const flaky = [];
    runner.on('retry', (test, error) => {
      retried.set(test.fullTitle(), describeFailure(test, error));
    });
    runner.on('pass', (test) => {
      const before = retried.get(test.fullTitle());
      if (before !== undefined) flaky.push(before);
    });
    runner.on('fail', (test, error) => told.push(describeFailure(test, error)));
    runner.once('end', () => {
      const file = process.env['AGENT_EXECUTOR_RESULTS'];
      if (file === undefined) return;
      const { passes, failures, pending } = this.stats;
      mkdirSync(path.dirname(file), { recursive: true });
      const counts = { passed: passes, failed: failures, skipped: pending, failures: told, flaky };
      writeFileSync(file, JSON.stringify(counts));
    });
  }
}
