import { writeFileSync } from 'node:fs';
import { format } from 'node:util';
import { runMocha } from '../host/outcomes.ts';

/**
 * Runs inside the extension host. `loadTests` registers the tests, once mocha has made `describe`
 * and `it`. How each of them ended goes to the file that AGENT_EXECUTOR_TEST_RESULTS names. Rejects when one failed.
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

  const outcomes = await runMocha(mocha);
  const resultsFile = process.env['AGENT_EXECUTOR_TEST_RESULTS'];
  if (resultsFile !== undefined) writeFileSync(resultsFile, JSON.stringify(outcomes));
  const failed = outcomes.filter(({ state }) => state === 'failed').length;
  if (failed > 0) throw new Error(`${failed} tests failed`);
}
