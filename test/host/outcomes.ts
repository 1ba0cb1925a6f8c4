import type Mocha from 'mocha';
import { noCounts, type Counts } from '../../scripts/counts.mjs';

/** How one test of a run ended, or a hook that failed. */
export interface Outcome {
  /** With the titles of everything around it. */
  readonly title: string;
  /** The file that it stands in; empty where that is not known. */
  readonly file: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** What went wrong; empty unless it failed. */
  readonly trouble: string;
  /** Whether it is a hook: it is told and makes a run fail, but is no test that could pass. */
  readonly isHook: boolean;
}

/** Runs the tests that a mocha holds; resolves to how each of them ended. */
export async function runMocha(mocha: Mocha): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => {
      resolve();
    });
    const add = (test: Mocha.Runnable, state: Outcome['state'], trouble = ''): void => {
      const place = { title: test.fullTitle(), file: fileOf(test) };
      outcomes.push({ ...place, state, trouble, isHook: 'type' in test && test.type === 'hook' });
    };
    runner.on('pass', (test) => add(test, 'passed'));
    runner.on('pending', (test) => add(test, 'skipped'));
    runner.on('fail', (test, error: Error) => add(test, 'failed', error.stack ?? error.message));
  });
  return outcomes;
}

/**
 * The counts of tests of which some were run once more. What failed in one of the two runs and not
 * in the other is flaky: it counts as passed and is told. What failed and did not come to run again
 * has failed; what only one of the runs came to has ended as it did there.
 */
export function countOutcomes(first: readonly Outcome[], again: readonly Outcome[] = []): Counts {
  let counts = noCounts;
  const [one, other] = [byName(first), byName(again)];
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    counts = addOutcome(counts, one.get(name), other.get(name), again.length > 0);
  }
  return counts;
}

/** By file and title, and by number where a title is there twice. */
function byName(outcomes: readonly Outcome[]): ReadonlyMap<string, Outcome> {
  const named = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    let name = `${outcome.file}\n${outcome.title}`;
    while (named.has(name)) name += ' again';
    named.set(name, outcome);
  }
  return named;
}

function addOutcome(
  counts: Counts,
  one: Outcome | undefined,
  other: Outcome | undefined,
  isTriedAgain: boolean,
): Counts {
  const shown = one ?? other;
  if (shown === undefined) return counts;
  const failed = [one, other].find((outcome) => outcome?.state === 'failed');
  if (failed === undefined) {
    return { ...counts, [shown.state]: counts[shown.state] + 1 };
  }
  const told = `${failed.title}\n${failed.trouble}`;
  // A hook says nothing when it does well: to be missing from the other run is to have passed there.
  const isFine = (outcome: Outcome | undefined): boolean =>
    failed.isHook ? isTriedAgain && outcome === undefined : outcome?.state === 'passed';
  if (isFine(one) || isFine(other)) {
    const passed = counts.passed + (failed.isHook ? 0 : 1);
    return { ...counts, passed, flaky: [...counts.flaky, told] };
  }
  return { ...counts, failed: counts.failed + 1, failures: [...counts.failures, told] };
}

/** The files in which something failed. */
export function failedFiles(outcomes: readonly Outcome[]): readonly string[] {
  return [...new Set(outcomes.filter(({ state }) => state === 'failed').map(({ file }) => file))];
}

/**
 * Whether what failed in so many files is worth a second try: a machine that is short of breath
 * makes a few tests fail, a mistake in the product many. Never with AGENT_EXECUTOR_STRICT=1.
 */
export function isWorthAnotherTry(files: readonly string[]): boolean {
  return files.length > 0 && files.length <= 3 && process.env['AGENT_EXECUTOR_STRICT'] !== '1';
}

function fileOf(test: Mocha.Runnable): string {
  for (let at: Mocha.Suite | undefined = test.parent; at !== undefined; at = at.parent) {
    if (at.file !== undefined && at.file !== '') return at.file;
  }
  return test.file ?? '';
}
