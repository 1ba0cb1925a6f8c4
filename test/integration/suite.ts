import { writeFileSync } from 'node:fs';
import { format } from 'node:util';

/**
 * Runs inside the extension host. `loadTests` registers the tests, once mocha has made `describe`
 * and `it`. Counts go to the file that AGENT_EXECUTOR_TEST_RESULTS names. Rejects when a test failed.
 */
export async function runSuite(loadTests: () => Promise<void>): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    timeout: 20_000,
    color: process.env['FORCE_COLOR'] === '1',
  });
  // The console of the extension host is full of the editor's own lines: mark ours.
  const prefix = process.env['AGENT_EXECUTOR_TEST_PREFIX'];
  if (prefix !== undefined) {
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) =>
      console.log(`${prefix}${format(...args)}`);
  }
  const grep = process.env['AGENT_EXECUTOR_TEST_GREP'] ?? '';
  if (grep !== '') mocha.grep(grep);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await loadTests();

  const failures: string[] = [];
  const stats = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => {
      if (runner.stats !== undefined) resolve(runner.stats);
    });
    runner.on('fail', (test, error: Error) => {
      failures.push(`${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
  });
  const resultsFile = process.env['AGENT_EXECUTOR_TEST_RESULTS'];
  if (resultsFile !== undefined) {
    const counts = {
      passed: stats.passes,
      failed: stats.failures,
      skipped: stats.pending,
      failures,
    };
    writeFileSync(resultsFile, JSON.stringify(counts));
  }
  if (stats.failures > 0) throw new Error(`${stats.failures} tests failed`);
}
