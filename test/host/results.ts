import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeCounts, type Counts } from '../../scripts/counts.mjs';
import { outFolder } from './hosts.ts';

/** Writes the counts of a stage where `npm test` looks for them, and says them. */
export async function writeResults(stage: string, counts: Counts): Promise<void> {
  const file =
    process.env['AGENT_EXECUTOR_RESULTS'] ?? path.join(outFolder, 'results', `${stage}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(counts)}\n`);
  console.log(`\n${stage}: ${describeCounts(counts)}`);
}
