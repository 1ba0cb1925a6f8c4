import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { outFolder } from './hosts.ts';

/** How many tests ended how; the format of `out/results/<stage>.json`. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, in a few lines each. */
  readonly failures: readonly string[];
}

/** Before the first test. */
export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** The sum of two runs. */
export function addCounts(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

/** Writes the counts of a stage where `npm test` looks for them, and says them. */
export async function writeResults(stage: string, counts: Counts): Promise<void> {
  const file =
    process.env['AGENT_EXECUTOR_RESULTS'] ?? path.join(outFolder, 'results', `${stage}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(counts)}\n`);
  const { passed, failed, skipped } = counts;
  console.log(
    `\n${stage}: ${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`,
  );
}
