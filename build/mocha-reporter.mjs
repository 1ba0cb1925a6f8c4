// Mocha's `spec` reporter, which also writes the counts to the file that AGENT_EXECUTOR_RESULTS
// names: { "passed", "failed", "skipped" }, the format of scripts/test.mjs.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

export default class CountingReporter extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const file = process.env['AGENT_EXECUTOR_RESULTS'];
      if (file === undefined) return;
      const { passes, failures, pending } = this.stats;
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}
