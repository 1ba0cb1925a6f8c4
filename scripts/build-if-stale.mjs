// Builds dist/ when it is missing or older than what it is made from.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './install.mjs';
import { buildSources, timeOf, whyStale } from './why-stale.mjs';

const stamp = 'out/meta/built';

/**
 * Builds if needed. Returns whether dist/ is up to date.
 * @param {string[]} files that dist/ must have
 */
export function buildIfStale(files) {
  const isComplete = files.every((file) => timeOf(path.join(root, file)) > 0);
  const builtMs = timeOf(path.join(root, stamp));
  if (isComplete && whyStale(root, builtMs, buildSources) === undefined) return true;
  const { status } = spawnSync(process.execPath, ['esbuild.mjs'], {
    cwd: root,
    // The build's lines are not part of what is run afterwards: keep stdout clean.
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}
